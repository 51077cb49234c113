"use client";
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TextLink } from "#components/ButtonLink.tsx";
import { useCall } from "#components/calls/useCall.ts";

/** On every page, until the mailbox of somebody's address has answered. */
export function AddressBanner({ email, canMail }: { email: string; canMail: boolean }) {
  const words = useTranslations("account.banner");
  const { busy, problem, send } = useCall();
  const [sent, setSent] = useState(false);

  const again = async () => setSent((await send("POST", "/api/account/send-confirmation")).ok);

  return (
    <Alert color="yellow" icon={<IconMail aria-hidden />} mb="lg">
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {words(canMail ? "text" : "noMail", { email })}
      </Text>
      <Group gap="sm" mt="xs">
        {canMail ? (
          <Button size="sm" variant="default" loading={busy} onClick={again}>
            {words("again")}
          </Button>
        ) : null}
        <TextLink href="/settings#address" size="sm">
          {words("other")}
        </TextLink>
      </Group>
      <Text role="status" size="sm" mt={4}>
        {sent ? words("sent") : ""}
      </Text>
      {problem ? (
        <Text role="alert" size="sm" c="var(--segue-bad)">
          {problem.sentence}
        </Text>
      ) : null}
    </Alert>
  );
}

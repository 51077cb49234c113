"use client";
import { Divider, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { SendLink } from "#components/links/SendLink.tsx";

/** For children without a password and guardians without an account, who were led to the sign-in by an old link. */
export function LinkInstead({ sessionId }: { sessionId: string }) {
  const words = useTranslations("door");
  return (
    <Stack gap="xs">
      <Divider />
      <Text fw={600}>{words("linkTitle")}</Text>
      <Text size="sm" c="dimmed">
        {words("linkText")}
      </Text>
      <SendLink
        path={`/api/sessions/${sessionId}/send-links`}
        label={words("linkSend")}
        variant="default"
        fullWidth
      />
    </Stack>
  );
}

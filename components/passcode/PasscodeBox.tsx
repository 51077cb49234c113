"use client";
import { Alert, Group, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CopyText } from "#components/links/CopyText.tsx";
import classes from "./PasscodeBox.module.css";

interface Props {
  passcode: string;
  /** The provider's name. */
  provider: string;
  /** What to do with it. */
  children: ReactNode;
}

/** What a room asks for, where its link lacks it. */
export function PasscodeBox({ passcode, provider, children }: Props) {
  const words = useTranslations("sessions.passcode");
  return (
    <Alert title={words("title", { provider })} icon={<IconKey aria-hidden />}>
      <Group gap="md">
        <Text span className={classes.passcode}>
          {passcode}
        </Text>
        <CopyText value={passcode} size="xs" copy={words("copy")} copied={words("copied")} />
      </Group>
      <Text size="sm" mt="xs">
        {children}
      </Text>
    </Alert>
  );
}

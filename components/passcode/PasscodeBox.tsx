"use client";
import { Alert, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
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
        <CopyButton value={passcode}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              {words(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" mt="xs">
        {children}
      </Text>
    </Alert>
  );
}

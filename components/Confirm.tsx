"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Dialog } from "./onDemand/Dialog.tsx";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Names its object: "Cancel Algebra on Fri 4 December". */
  action: string;
  busy: boolean;
  problem: string | null;
  onConfirm: () => void;
}

/** Asks before something that can't be undone. Escape closes it, and the safe button has the focus. */
export function Confirm(props: Props) {
  const words = useTranslations("shell");
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack>
        <Text component="div" size="sm">
          {props.children}
        </Text>
        {props.problem ? (
          <Text role="alert" c="var(--mantine-color-error)" size="sm">
            {props.problem}
          </Text>
        ) : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {words("cancel")}
          </Button>
          <Button color="red.9" loading={props.busy} onClick={props.onConfirm}>
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

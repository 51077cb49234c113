"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CopyText } from "#components/links/CopyText.tsx";
import { PasscodeBox } from "#components/passcode/PasscodeBox.tsx";
import type { DoorView, EnteredView } from "#lib/services/doors/views.ts";

/**
 * The way in as a link that a person can tap: phones open a provider's app from that, and not from one that a page
 * follows by itself.
 */
export function Entered({ entered, door }: { entered: EnteredView; door: DoorView }) {
  const words = useTranslations("door");
  const names = useTranslations("providers");
  const link = useRef<HTMLAnchorElement>(null);
  const { url, passcode } = entered;
  const provider = door.provider ? names(door.provider) : words("provider");
  useEffect(() => link.current?.focus(), []);
  return (
    <Stack gap="sm" role="status">
      {passcode === null ? null : (
        <PasscodeBox passcode={passcode} provider={provider}>
          {words("passcodeText", { provider })}
        </PasscodeBox>
      )}
      {passcode === null ? <Text size="sm">{words("enteredText", { provider })}</Text> : null}
      <Group gap="sm">
        <Button component="a" href={url} ref={link} rel="noreferrer">
          {words("goOn", { provider })}
        </Button>
        <CopyText value={url} copy={words("copyLink")} copied={words("copied")} />
      </Group>
    </Stack>
  );
}

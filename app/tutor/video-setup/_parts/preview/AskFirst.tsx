"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ConnectLink } from "#app/tutor/video-setup/_parts/provider/ConnectLink.tsx";
import { Dialog } from "#components/onDemand/Dialog.tsx";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";
import { PreviewWaiting } from "./PreviewWaiting.tsx";
import { peopleInside } from "./peopleInside.ts";

interface Props {
  provider: ProviderView;
  preview: MigrationPreview;
  opened: boolean;
  onClose: () => void;
}

/** A plain switch needs no question: what it does stands on the page, and it can be undone. */
export const needsAsking = (preview: MigrationPreview): boolean =>
  peopleInside(preview) > 0 || preview.waiting.length > 0;

/** Asks before a switch that meets people inside a room, or that can't move every lesson today. */
export function AskFirst({ provider, preview, opened, onClose }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const shell = useTranslations("shell");
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words("ask.title", { provider: provider.label })}
    >
      <Stack>
        <WhatToKnow {...{ provider, preview }} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {shell("cancel")}
          </Button>
          <ConnectLink provider={provider} verb="switch" />
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Who is inside a room, and which lessons will wait; nothing before a plain switch. */
export function WhatToKnow({ provider, preview }: Pick<Props, "provider" | "preview">) {
  const words = useTranslations("videoSetup.whatIf");
  const inside = peopleInside(preview);
  return (
    <>
      {inside > 0 ? <Text size="sm">{words("ask.inside", { count: inside })}</Text> : null}
      {preview.waiting.length > 0 ? (
        <Text size="sm" component="div">
          <PreviewWaiting preview={preview} label={provider.label} />
        </Text>
      ) : null}
    </>
  );
}

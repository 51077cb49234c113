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

/** Asks before a switch that meets people inside a room, or that can't move every lesson today. */
export function AskFirst({ provider, preview, opened, onClose }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const shell = useTranslations("shell");
  const inside = peopleInside(preview);
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={words("ask.title", { provider: provider.label })}
    >
      <Stack>
        {inside > 0 ? <Text size="sm">{words("ask.inside", { count: inside })}</Text> : null}
        {preview.waiting.length > 0 ? (
          <Text size="sm" component="div">
            <PreviewWaiting preview={preview} label={provider.label} />
          </Text>
        ) : null}
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

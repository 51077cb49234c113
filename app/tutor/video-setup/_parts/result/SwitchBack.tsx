"use client";
import { Group, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { WhatToKnow } from "#app/tutor/video-setup/_parts/preview/AskFirst.tsx";
import { usePreview } from "#app/tutor/video-setup/_parts/preview/usePreview.ts";
import { ConnectLink } from "#app/tutor/video-setup/_parts/provider/ConnectLink.tsx";
import type { ProviderView } from "#lib/services/switching/views.ts";

/** The other way back, where an undo was refused. It stands in a dialog, so what else would be asked is said here. */
export function SwitchBack({ provider, lessons }: { provider: ProviderView; lessons: number }) {
  const words = useTranslations("videoSetup.undo");
  const { answer } = usePreview(provider.available ? provider : null, lessons);
  return (
    <Stack mt="md" gap="xs">
      {answer?.ok ? <WhatToKnow provider={provider} preview={answer.data} /> : null}
      <Group gap="xs">
        {words("back")}
        <ConnectLink provider={provider} verb="switch" />
      </Group>
    </Stack>
  );
}

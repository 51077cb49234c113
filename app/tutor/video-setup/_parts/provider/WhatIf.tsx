import { Stack, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { VideoSetupView } from "#lib/services/switching/views.ts";
import { OtherProvider } from "./OtherProvider.tsx";
import { SandboxBadge } from "./SandboxBadge.tsx";

/** Answers "What if I switch?" with one card for each other provider. */
export function WhatIf({ view }: { view: VideoSetupView }) {
  const words = useTranslations("videoSetup.whatIf");
  const { connection, providers, future } = view;
  if (!connection || connection.status === "disconnected") return null;
  const others = providers.filter(({ id }) => id !== connection.provider);
  return (
    <section aria-labelledby="what-if">
      <Title order={2} id="what-if" mb="xs">
        {words("title")}
      </Title>
      <Stack>
        {others.map((provider) => (
          <OtherProvider
            key={provider.id}
            provider={provider}
            from={connection.provider}
            count={future.count}
            badge={provider.sandbox ? <SandboxBadge /> : null}
          />
        ))}
      </Stack>
    </section>
  );
}

"use client";
import { Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import type { ProviderId } from "#lib/providers/provider.ts";

/** For an outage that somebody else has told of before Segue could notice. */
export function OutageLinks({ providers }: { providers: ProviderId[] }) {
  const words = useTranslations("support.troubles");
  const names = useTranslations("providers");
  return (
    <Group component="section" gap="xs 16px" aria-label={words("outages")}>
      <Text size="sm" c="dimmed">
        {words("outages")}
      </Text>
      {providers.map((id) => (
        <TextLink key={id} href={`/support/outages/${id}`} size="sm">
          {words("outagesLink", { provider: names(id) })}
        </TextLink>
      ))}
    </Group>
  );
}

"use client";
import { Group, Paper, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { Preview } from "#app/tutor/video-setup/_parts/preview/Preview.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { useRead } from "#components/calls/useRead.ts";
import { ProviderMark } from "#components/ProviderMark.tsx";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationPreview } from "#lib/services/switching/previewViews.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";
import { ConnectLink } from "./ConnectLink.tsx";

interface Props {
  provider: ProviderView;
  from: ProviderId;
  count: number;
  badge: ReactNode;
}

/** A provider to switch to. When opened, it shows what would happen, before any consent. */
export function OtherProvider({ provider, from, count, badge }: Props) {
  const words = useTranslations("videoSetup.whatIf");
  const [asked, { toggle }] = useDisclosure();
  const [tries, setTries] = useState(0);
  const { answer, isOld } = useRead<MigrationPreview>(
    asked ? `/api/migrations/preview?provider=${provider.id}` : null,
    `${count} lessons, try ${tries}`,
  );
  const id = useId();
  const { label, available } = provider;
  return (
    <Paper p="lg">
      <Group justify="space-between">
        <div>
          <Group gap="xs">
            <ProviderMark provider={provider.id} size={20} />
            <Text fw={600} size="lg" component="h3">
              {label}
            </Text>
            {badge}
          </Group>
          <Text size="sm" c="dimmed">
            {words("moves", { count, provider: label })}
          </Text>
        </div>
        <ConnectLink provider={provider} verb="switch" />
      </Group>
      {available && count > 0 ? (
        <>
          <UnstyledButton
            className={classes.disclosure}
            aria-expanded={asked && answer !== null}
            aria-controls={id}
            onClick={toggle}
          >
            {words(asked && !answer ? "loading" : "open")}
            <IconChevronDown
              size={16}
              aria-hidden
              className={classes.chevron}
              data-opened={asked}
            />
          </UnstyledButton>
          <div id={id} aria-busy={isOld}>
            {answer ? (
              <Preview {...{ provider, from, answer }} onAgain={() => setTries(tries + 1)} />
            ) : null}
          </div>
        </>
      ) : null}
    </Paper>
  );
}

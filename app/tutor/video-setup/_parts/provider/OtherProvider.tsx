"use client";
import { Group, Paper, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { AskFirst, needsAsking } from "#app/tutor/video-setup/_parts/preview/AskFirst.tsx";
import { Preview } from "#app/tutor/video-setup/_parts/preview/Preview.tsx";
import { usePreview } from "#app/tutor/video-setup/_parts/preview/usePreview.ts";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { ProviderMark } from "#components/ProviderMark.tsx";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";
import { ConnectLink } from "./ConnectLink.tsx";

interface Props {
  provider: ProviderView;
  from: ProviderId;
  count: number;
  badge: ReactNode;
}

/** A provider to switch to, with what would happen, before any consent. */
export function OtherProvider(props: Props) {
  const { provider, count, badge } = props;
  const words = useTranslations("videoSetup.whatIf");
  const { isOnTop } = useMigration();
  const canMove = provider.available && count > 0;
  // Whoever has just switched isn't about to switch again.
  const [asked, { toggle }] = useDisclosure(canMove && !isOnTop);
  const [isAsking, question] = useDisclosure();
  // Read where it isn't shown, too: whether to ask before a switch depends on it.
  const { answer, isOld, again } = usePreview(canMove ? provider : null, count);
  const preview = answer?.ok ? answer.data : null;
  return (
    <Paper p="lg">
      <Group justify="space-between">
        <div>
          <Group gap="xs">
            <ProviderMark provider={provider.id} size={20} />
            <Text fw={600} size="lg" component="h3">
              {provider.label}
            </Text>
            {badge}
          </Group>
          <Text size="sm" c="dimmed">
            {words("moves", { count, provider: provider.label })}
          </Text>
        </div>
        <ConnectLink
          provider={provider}
          verb="switch"
          quiet={isOnTop}
          ask={preview && needsAsking(preview) ? question.open : undefined}
        />
      </Group>
      {preview ? (
        <AskFirst {...{ provider, preview }} opened={isAsking} onClose={question.close} />
      ) : null}
      {canMove ? (
        <WhatWouldHappen isOpen={asked} isOld={isOld} toggle={toggle}>
          {answer ? (
            <Preview {...props} answer={answer} onAgain={again} />
          ) : (
            <div className={classes.toCome} aria-hidden />
          )}
        </WhatWouldHappen>
      ) : null}
    </Paper>
  );
}

function WhatWouldHappen(props: {
  isOpen: boolean;
  isOld: boolean;
  toggle: () => void;
  children: ReactNode;
}) {
  const words = useTranslations("videoSetup.whatIf");
  const id = useId();
  const { isOpen } = props;
  return (
    <>
      <UnstyledButton
        className={classes.disclosure}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={props.toggle}
      >
        {words("open")}
        <IconChevronDown size={16} aria-hidden className={classes.chevron} data-opened={isOpen} />
      </UnstyledButton>
      <div id={id} aria-busy={props.isOld}>
        {isOpen ? props.children : null}
      </div>
    </>
  );
}

"use client";
import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { Confirm } from "#components/Confirm.tsx";
import { useSentence } from "#components/calls/useCall.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MigrationView, ProviderView } from "#lib/services/switching/views.ts";
import { SwitchBack } from "./SwitchBack.tsx";

interface Props {
  migration: MigrationView;
  providers: ProviderView[];
  /** A change that can't be undone, whatever its time says. */
  lostUndo: string | null;
  /** The tutor has disconnected their provider, which it connects again. */
  isDisconnected: boolean;
}

/** Undoes the newest change for as long as that is possible, and says until when, or why not. */
export function UndoButton({ migration, providers, lostUndo, isDisconnected }: Props) {
  const words = useTranslations("videoSetup.undo");
  const names = useTranslations("providers");
  const times = useTimes();
  const sentenceOf = useSentence();
  const now = useNow();
  const { busy, undo } = useMigration();
  const [opened, { open, close }] = useDisclosure();
  const [refused, setRefused] = useState<string | null>(null);
  // The question keeps its subject, even once its own undo is the newest change.
  const [asked, setAsked] = useState(migration);
  const { undoUntil } = migration;
  const former = providers.find(({ id }) => id === asked.from && id !== asked.to);
  // What an undo's own button does is to redo the change.
  const isRedo = kindOf(migration) === "undo" ? "yes" : "no";
  const action = (of: MigrationView) => words("action", { kind: kindOf(of), count: of.total });

  if (undoUntil !== null && undoUntil <= now) {
    const when = times.dayAndClock(undoUntil, now);
    const isSwitch = migration.from !== null && migration.from !== migration.to;
    return (
      <Text size="sm" c="dimmed">
        {words(isSwitch ? "over" : "overHere", { when, isRedo })}
      </Text>
    );
  }

  if (lostUndo === migration.id) return null;

  async function confirm() {
    setRefused(null);
    const problem = await undo(asked.id);
    if (problem) setRefused(sentenceOf(problem));
    else close();
  }

  function stillOpen(): string {
    if (undoUntil === null) return words("running", { isRedo });
    // The page's time steps, so just after a change it is a little behind.
    const left = Math.max(1, Math.round((Date.parse(undoUntil) - Date.parse(now)) / 60_000));
    const isToday = times.dayKey(undoUntil) === times.dayKey(now);
    const when = isToday ? times.clock(undoUntil) : times.dayAndClock(undoUntil, now);
    return words("until", { when, left: times.minutes(left), isRedo });
  }

  return (
    <Group gap="md">
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        disabled={busy !== null}
        onClick={() => {
          setRefused(null);
          setAsked(migration);
          open();
        }}
      >
        {action(migration)}
      </Button>
      <div>
        <Text size="sm" c="dimmed" className="figures">
          {busy === null ? stillOpen() : null}
        </Text>
        <TimeLeft from={migration.settledAt} until={undoUntil} />
      </div>
      <Confirm
        opened={opened}
        onClose={close}
        title={words("ask", { kind: kindOf(asked) })}
        action={action(asked)}
        busy={busy === "undo"}
        problem={refused}
        onConfirm={confirm}
      >
        {words("text", { kind: kindOf(asked), provider: names(asked.from ?? asked.to) })}{" "}
        {isDisconnected ? words("reconnects", { provider: names(asked.from ?? asked.to) }) : null}
        {refused && former ? <SwitchBack provider={former} lessons={asked.total} /> : null}
      </Confirm>
    </Group>
  );
}

/** Undoing the retry of a switch undoes that switch as a whole, and a redo is what it redoes. */
function kindOf({ kind, isRedo, from, to }: MigrationView) {
  const isSwitch = from !== null && from !== to;
  if (isRedo) return isSwitch ? "switch" : "refresh";
  return kind === "retry" && isSwitch ? "whole" : kind;
}

/** How much of the time is left. The sentence above it says the same in words. */
function TimeLeft({ from, until }: { from: string | null; until: string | null }) {
  const now = useNow();
  if (from === null || until === null) return null;
  const whole = Date.parse(until) - Date.parse(from);
  const left = ((Date.parse(until) - Date.parse(now)) / whole) * 100;
  return (
    <div className={classes.undoTime} aria-hidden>
      <div style={{ width: `${Math.min(100, left)}%` }} />
    </div>
  );
}

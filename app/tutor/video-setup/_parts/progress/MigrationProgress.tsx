"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Legend } from "#components/crossfade/Legend.tsx";
import { Strip } from "#components/crossfade/Strip.tsx";
import { tileOf } from "#components/crossfade/tiles.ts";
import { Clock } from "#components/time/Clock.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { secondsLeft } from "./secondsLeft.ts";

/**
 * All lessons as a strip, with one sentence: "18 of 32 lessons have their new room. About 20 s left." There is never a
 * spinner without a number. Only the sentence follows the clock: a strip may have a thousand tiles.
 */
export function MigrationProgress({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const { total, moved, status, sessions, to } = migration;
  const tiles = useMemo(() => sessions.map((session) => tileOf(session, to)), [sessions, to]);
  if (total === 0) return null;
  return (
    <div>
      {status === "running" ? (
        <Clock everyMs={1000}>
          <Sentence migration={migration} />
        </Clock>
      ) : null}
      <Strip
        tiles={tiles}
        moved={moved}
        label={words("bar")}
        sentence={words("of", { moved, total })}
      />
      <Legend tiles={tiles} />
    </div>
  );
}

function Sentence({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const { total, moved } = migration;
  const left = secondsLeft(migration, useNow());
  return (
    <Text fw={600} mb="sm" className="figures">
      {words("announce", { moved, total })}
      {left === null ? null : ` ${timeLeft(words, left)}`}
    </Text>
  );
}

type Words = ReturnType<typeof useTranslations<"migrations">>;

const timeLeft = (words: Words, seconds: number): string =>
  seconds < 90
    ? words("secondsLeft", { count: seconds })
    : words("minutesLeft", { count: Math.round(seconds / 60) });

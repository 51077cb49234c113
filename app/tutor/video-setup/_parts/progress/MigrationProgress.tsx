"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Legend } from "#components/crossfade/Legend.tsx";
import { Strip } from "#components/crossfade/Strip.tsx";
import { tileOf } from "#components/crossfade/tiles.ts";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { secondsLeft } from "./secondsLeft.ts";

/**
 * All lessons as a strip, with one sentence: "18 of 32 lessons have their new room · about 20 s". There is never
 * a spinner without a number.
 */
export function MigrationProgress({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const now = useNow();
  const { total, moved, status, sessions, to } = migration;
  if (total === 0) return null;
  const left = secondsLeft(migration, now);
  const sentence = words("of", { moved, total });
  const tiles = sessions.map((session) => tileOf(session, to));
  return (
    <div>
      {status === "running" ? (
        <Text fw={600} mb="sm" className="figures">
          {words("announce", { moved, total })}
          {left === null ? null : ` ${timeLeft(words, left)}`}
        </Text>
      ) : null}
      <Strip tiles={tiles} moved={moved} label={words("bar")} sentence={sentence} />
      <Legend tiles={tiles} />
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<"migrations">>;

const timeLeft = (words: Words, seconds: number): string =>
  seconds < 90
    ? words("secondsLeft", { count: seconds })
    : words("minutesLeft", { count: Math.round(seconds / 60) });

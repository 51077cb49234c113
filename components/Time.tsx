"use client";
import { Tooltip } from "@mantine/core";
import type { Participant } from "#lib/services/views.ts";
import { clockRange, fullDay, sameClock } from "./time.ts";
import { shellWords } from "./words/shell.ts";

interface Props {
  from: string;
  to: string;
  zone: string;
  now: string;
  other: Participant;
}

/** "16:00 – 16:45" in the viewer's zone; what the other party's clock shows on hover or focus. */
export function LessonTime({ from, to, zone, now, other }: Props) {
  const time = (
    <time dateTime={from} className="figures">
      {clockRange(from, to, zone)}
    </time>
  );
  if (sameClock(from, zone, other.timeZone)) return time;
  const theirs = `${fullDay(from, other.timeZone, now)}, ${clockRange(from, to, other.timeZone)}`;
  return (
    <Tooltip label={shellWords.timeFor(other.name, theirs)}>
      <button type="button" className="plainTime">
        {time}
      </button>
    </Tooltip>
  );
}

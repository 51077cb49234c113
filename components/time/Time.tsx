"use client";
import { useTranslations } from "next-intl";
import { Tip } from "#components/onDemand/Tip.tsx";
import { sameClock } from "#lib/platform/localTime.ts";
import type { Participant } from "#lib/services/people/views.ts";
import { useNow } from "./useNow.ts";
import { useTimes } from "./useTimes.ts";

interface Props {
  from: string;
  to: string;
  other: Participant;
}

/** "16:00 – 16:45" in the reader's zone. On hover or focus it shows what the other party's clock shows. */
export function LessonTime({ from, to, other }: Props) {
  const words = useTranslations("shell");
  const here = useTimes();
  const now = useNow();
  const there = useTimes(other.timeZone);
  const time = (
    <time dateTime={from} className="figures">
      {here.range(from, to)}
    </time>
  );
  if (sameClock(from, here.zone, there.zone)) return time;
  const theirs = `${there.fullDay(from, now)}, ${there.range(from, to)}`;
  return (
    <Tip label={words("timeFor", { name: other.name, time: theirs })}>
      <button type="button" className="plainTime">
        {time}
      </button>
    </Tip>
  );
}

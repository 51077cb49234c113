"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import { otherParty, statusAt, type Viewer } from "#app/sessions/_parts/lesson.ts";
import { useLessonWords } from "#app/sessions/_parts/useLessonWords.ts";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { Tip } from "#components/onDemand/Tip.tsx";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { sameClock } from "#lib/platform/localTime.ts";
import classes from "./Week.module.css";
import type { Block } from "./week.ts";

interface Props {
  block: Block;
  firstHour: number;
  /** Clocks change on that day. A time may occur twice, so each time names its offset. */
  isLongOrShort: boolean;
  viewer: Viewer;
}

/** A shorter lesson has one line in the grid. */
const LINES_FIT_MINUTES = 40;

/** A lesson in its column, or a list entry on a phone. The tooltip holds what doesn't fit. */
export function LessonBlock({ block, firstHour, isLongOrShort, viewer }: Props) {
  const words = useTranslations("sessions");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  const { query } = useViewState();
  const { session, from, to, lane, lanes } = block;
  const { scheduledStartAt: start, scheduledEndAt: end, provider } = session;
  const other = otherParty(session, viewer);
  const theirs = useTimes(other.timeZone);
  const status = statusAt(session, now);
  const link = useLessonWords(viewer).link(session);
  const place = {
    "--from": from - firstHour * 60,
    "--length": to - from,
    "--lane": lane,
    "--lanes": lanes,
  } as CSSProperties;
  const who = words("with", { name: other.name });
  const details = [
    isLongOrShort ? times.zoneName(start) : null,
    provider && names(provider),
    link ?? words(`status.${status}`),
  ]
    .filter((part) => part !== null)
    .join(" · ");
  const theirTime = words("week.theirs", {
    name: other.name,
    when: `${theirs.fullDay(start, now)}, ${theirs.range(start, end)}`,
  });
  const hint = `${times.range(start, end)} ${session.subject} ${who} · ${details}`;
  const isSameClock = sameClock(start, times.zone, theirs.zone);
  return (
    <li className={classes.place} style={place}>
      <Tip label={isSameClock ? hint : `${hint} · ${theirTime}`}>
        <Link
          href={`/sessions/${session.id}${query}`}
          prefetch={false}
          className={classes.block}
          data-status={status}
          data-provider={provider ?? undefined}
          data-short={to - from < LINES_FIT_MINUTES || undefined}
        >
          <span className={classes.time}>{times.range(start, end)}</span>
          <strong className={classes.subject}>{session.subject}</strong>{" "}
          <span className={classes.who}>{other.name}</span>
          {provider ? (
            <span className={classes.mark}>
              <ProviderMark provider={provider} size={10} />
            </span>
          ) : null}
          <span className={classes.said}>{details}</span>
        </Link>
      </Tip>
    </li>
  );
}

"use client";
import { Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { dateWords } from "#lib/platform/dateWords.ts";
import { minuteOfDay } from "#lib/platform/localTime.ts";
import { UTC } from "#lib/platform/zones/zoneRules.ts";
import { LessonBlock } from "./LessonBlock.tsx";
import nowClasses from "./Now.module.css";
import classes from "./Week.module.css";
import type { Block, WeekDay } from "./week.ts";

interface Props {
  day: WeekDay;
  blocks: Block[];
  hours: { first: number; last: number };
  viewer: Viewer;
}

/** One day, with its lessons at their times. */
export function WeekColumn({ day, blocks, hours, viewer }: Props) {
  const words = useTranslations("sessions.week");
  const language = useLocale();
  const times = useTimes();
  const now = useNow();
  const date = dateWords(day.key, UTC, language);
  const isToday = times.dayKey(now) === day.key;
  const minute = minuteOfDay(now, times.zone) - hours.first * 60;
  const showsNow = isToday && minute >= 0 && minute <= (hours.last - hours.first) * 60;
  return (
    <section
      className={classes.day}
      data-today={isToday || undefined}
      data-over={Date.parse(day.to) <= Date.parse(now) || undefined}
      aria-labelledby={`week-${day.key}`}
    >
      <header className={classes.dayHead}>
        <h3 id={`week-${day.key}`} aria-label={times.fullDay(day.from, now)}>
          <span>{date.weekday}</span>
          <strong className={classes.number}>{date.day}</strong>
        </h3>
        {day.hours === 24 ? null : (
          <Text size="xs" c="var(--segue-wait)">
            {words("clocksChange", { hours: day.hours })}
          </Text>
        )}
      </header>
      <div className={classes.column}>
        {showsNow ? (
          <span
            className={nowClasses.now}
            style={{ "--from": minute } as CSSProperties}
            aria-hidden
          />
        ) : null}
        {blocks.length === 0 ? (
          <p className={classes.free}>{words("free")}</p>
        ) : (
          <ul className={classes.blocks}>
            {blocks.map((block) => (
              <LessonBlock
                key={block.session.id}
                block={block}
                firstHour={hours.first}
                isLongOrShort={day.hours !== 24}
                viewer={viewer}
              />
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

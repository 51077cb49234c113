"use client";
import { useTranslations } from "next-intl";
import type { CSSProperties } from "react";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import classes from "./Week.module.css";
import { WeekColumn } from "./WeekColumn.tsx";
import { type Block, hoursOf, type WeekDay } from "./week.ts";

interface Props {
  days: { day: WeekDay; blocks: Block[] }[];
  viewer: Viewer;
}

export function WeekGrid({ days, viewer }: Props) {
  const words = useTranslations("sessions.week");
  const { first, last } = hoursOf(days.flatMap(({ blocks }) => blocks));
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  const times = useTimes();
  const now = useNow();
  const [monday, sunday] = [days[0]?.day.from ?? now, days.at(-1)?.day.from ?? now];
  return (
    <section
      className={classes.week}
      aria-label={words("label", {
        from: times.fullDay(monday, now),
        to: times.fullDay(sunday, now),
      })}
      style={{ "--hours": hours.length } as CSSProperties}
    >
      <div className={classes.hours} aria-hidden>
        {hours.slice(1).map((hour) => (
          <span key={hour} style={{ "--at": hour - first } as CSSProperties}>
            {times.hour(hour)}
          </span>
        ))}
      </div>
      {days.map(({ day, blocks }) => (
        <WeekColumn
          key={day.key}
          day={day}
          blocks={blocks}
          hours={{ first, last }}
          viewer={viewer}
        />
      ))}
    </section>
  );
}

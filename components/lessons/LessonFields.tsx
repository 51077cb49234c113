"use client";
import { Group, NativeSelect, Radio, RadioGroup, SimpleGrid, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { occurrenceOf, toLocalInput } from "#lib/platform/localTime.ts";
import { MAX_WEEKS } from "#lib/records/bookings/rules.ts";
import type { Participant } from "#lib/services/people/views.ts";
import { LessonDates } from "./LessonDates.tsx";
import type { useWish } from "./useWish.ts";
import { localStartOf, startsOf, type WishErrors } from "./wish.ts";

const durations = [30, 45, 60, 90, 120];

/** The fields of a form that `LessonFields` shows errors at. */
export const lessonFields = ["subject", "startsAtLocal", "durationMinutes", "repeatWeekly"];

interface Props {
  lessons: Pick<ReturnType<typeof useWish>, "wish" | "change" | "errors">;
  /** What the server says at a field. */
  at: (field: string) => string | null;
  /** Whoever else comes. */
  other: Participant | null;
  /** A field before the subject. */
  before?: ReactNode;
}

/** What a lesson, or a weekly series, is to be; and when that is for both sides. */
export function LessonFields({ lessons, at, other, before }: Props) {
  const { wish, change, errors } = lessons;
  const words = useTranslations("bookings.form");
  const times = useTimes();
  const { zone } = times;
  const now = useNow();
  const errorAt = (field: keyof WishErrors): string | null => {
    const missing = errors[field];
    return missing ? words(`missing.${missing}`, { max: MAX_WEEKS }) : at(field);
  };
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: before ? 2 : 1 }}>
        {before}
        <TextInput
          label={words("subject")}
          maxLength={200}
          value={wish.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
          error={errorAt("subject")}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 2, sm: 3 }}>
        <TextInput
          type="date"
          label={words("date")}
          min={toLocalInput(now, zone).slice(0, 10)}
          value={wish.date}
          onChange={(event) => change({ date: event.currentTarget.value })}
          error={errorAt("date")}
        />
        <TextInput
          type="time"
          label={words("time")}
          step={300}
          value={wish.time}
          onChange={(event) => change({ time: event.currentTarget.value })}
          error={errorAt("time") ?? errorAt("startsAtLocal")}
        />
        <NativeSelect
          label={words("duration")}
          data={durations.map((minutes) => ({
            value: `${minutes}`,
            label: times.minutes(minutes),
          }))}
          value={`${wish.durationMinutes}`}
          onChange={(event) => change({ durationMinutes: Number(event.currentTarget.value) })}
          error={errorAt("durationMinutes")}
        />
      </SimpleGrid>
      <Group align="flex-end" gap="xl" mih={62}>
        <RadioGroup
          label={words("repeat")}
          value={wish.isWeekly ? "weekly" : "once"}
          onChange={(value) => change({ isWeekly: value === "weekly" })}
        >
          <Group mt={8} mb={6}>
            <Radio value="once" label={words("once")} />
            <Radio value="weekly" label={words("weekly")} />
          </Group>
        </RadioGroup>
        {wish.isWeekly ? (
          <TextInput
            type="number"
            label={words("weeks")}
            w={160}
            min={2}
            // Nought is what an empty field stands for.
            value={wish.weeks || ""}
            onChange={(event) => change({ weeks: Number(event.currentTarget.value) })}
            error={errorAt("weeks") ?? at("repeatWeekly")}
          />
        ) : null}
      </Group>
      <LessonDates
        starts={startsOf(wish, zone)}
        isDoubled={occurrenceOf(localStartOf(wish), zone) === "twice"}
        other={other}
      />
    </>
  );
}

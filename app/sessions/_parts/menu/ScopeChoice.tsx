"use client";
import { Radio, RadioGroup, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { hasBegun, isTutorOf, type LessonProps } from "#app/sessions/_parts/lesson.ts";
import type { Scope } from "#lib/records/sessions/rules.ts";

interface Props {
  /** How many lessons of its booking haven't begun. */
  ahead: number;
  value: Scope;
  onChange: (scope: Scope) => void;
}

const shown: Scope[] = ["one", "following", "all"];

/** Whether a change can be for more lessons than this one: the tutor's, while it and others are still to come. */
export const hasScope = ({ session, viewer }: LessonProps, now: string): boolean =>
  isTutorOf(session, viewer) && session.lessonsAhead > 1 && !hasBegun(session, now);

/** For which lessons of the series a change is. */
export function ScopeChoice({ ahead, value, onChange }: Props) {
  const words = useTranslations("sessions.change.scope");
  return (
    <RadioGroup
      label={words("label")}
      value={value}
      onChange={(scope) => onChange(shown.find((one) => one === scope) ?? "one")}
    >
      <Stack gap="xs" mt={8}>
        {shown.map((scope) => (
          <Radio key={scope} value={scope} label={words(scope, { count: ahead })} />
        ))}
      </Stack>
    </RadioGroup>
  );
}

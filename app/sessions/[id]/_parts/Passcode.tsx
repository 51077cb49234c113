"use client";
import { Box } from "@mantine/core";
import { useTranslations } from "next-intl";
import { PasscodeBox } from "#components/passcode/PasscodeBox.tsx";
import { isTutorOf, type LessonProps } from "../../_parts/lesson.ts";

/** What the lesson's room asks for, to whoever looks at the lesson. */
export function Passcode({ session, viewer }: LessonProps) {
  const words = useTranslations("sessions.passcode");
  const names = useTranslations("providers");
  const { passcode, provider, student } = session;
  if (!passcode || !provider) return null;
  return (
    <Box mb="lg">
      <PasscodeBox passcode={passcode} provider={names(provider)}>
        {isTutorOf(session, viewer)
          ? words("textForTutor", { student: student.name })
          : words("text", { provider: names(provider) })}
      </PasscodeBox>
    </Box>
  );
}

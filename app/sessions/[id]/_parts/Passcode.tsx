"use client";
import { Box } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { PasscodeBox } from "#components/passcode/PasscodeBox.tsx";
import { isTutorOf, type LessonProps } from "../../_parts/lesson.ts";

interface Props extends LessonProps {
  /** Whether its tutor can't be let in as the host, since their connection is dead. */
  isDead: boolean;
}

/** What the lesson's room asks for, to whoever looks at the lesson. */
export function Passcode({ session, viewer, isDead }: Props) {
  const words = useTranslations("sessions.passcode");
  const names = useTranslations("providers");
  const { passcode, provider, student } = session;
  const reconnect = useTranslations("sessions.reconnect");
  const isGuest = isDead && isTutorOf(session, viewer);
  if (!passcode || !provider) return null;
  return (
    <Box mb="lg">
      <PasscodeBox passcode={passcode} provider={names(provider)}>
        {isTutorOf(session, viewer)
          ? words(isGuest ? "textForGuest" : "textForTutor", {
              student: student.name,
              provider: names(provider),
            })
          : words("text", { provider: names(provider) })}
        {isGuest ? (
          <>
            {" "}
            <TextLink href={`/tutor/video-setup?connect=${provider}`} size="sm">
              {reconnect("action", { provider: names(provider) })}
            </TextLink>
          </>
        ) : null}
      </PasscodeBox>
    </Box>
  );
}

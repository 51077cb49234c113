"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ZoneChoice } from "#app/sessions/_parts/viewState/ZoneChoice.tsx";
import { LessonTime } from "#components/time/Time.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { isAhead, isTutorOf, type LessonProps, otherParty } from "../../../_parts/lesson.ts";
import { Place } from "../../../_parts/Place.tsx";
import classes from "./WaitingRoom.module.css";

/** Who teaches what, when and where. */
export function Lesson({ session, viewer }: LessonProps) {
  const words = useTranslations("sessions");
  const waiting = useTranslations("waiting");
  const times = useTimes();
  const now = useNow();
  const { scheduledStartAt: start, scheduledEndAt: end, tutor } = session;
  const mayNeedToBeLetIn =
    session.provider === "google_meet" && !isTutorOf(session, viewer) && isAhead(session, now);
  const other = otherParty(session, viewer);
  return (
    <div className={classes.lesson}>
      <Text id="lesson" fw={600}>
        {session.subject} {words("with", { name: other.name })}
      </Text>
      <Text component="div">
        {times.day(start, now)}, <LessonTime from={start} to={end} other={other} />
      </Text>
      <ZoneChoice home={viewer.home} />
      <Place session={session} viewer={viewer} />
      {mayNeedToBeLetIn ? (
        <Text size="sm" mt={8}>
          {waiting("letIn", { tutor: tutor.name })}
        </Text>
      ) : null}
    </div>
  );
}

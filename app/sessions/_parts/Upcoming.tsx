"use client";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import type { SessionView } from "#lib/services/views.ts";
import type { Viewer } from "./lesson.ts";
import { NextLesson } from "./NextLesson.tsx";
import { NoMatch } from "./NoMatch.tsx";
import { Paged } from "./Paged.tsx";

interface Props {
  sessions: SessionView[];
  viewer: Viewer;
  now: string;
  isFiltered: boolean;
  /** How many more match among those that are over. */
  elsewhere: number;
}

/** The next lesson large, the others by day. With a filter none of them is the next. */
export function Upcoming({ sessions, viewer, now, isFiltered, elsewhere }: Props) {
  const [next, ...later] = sessions;
  if (!next) {
    return isFiltered ? (
      <NoMatch elsewhere={elsewhere} there="past" />
    ) : (
      <NothingAhead viewer={viewer} />
    );
  }
  if (isFiltered) return <Paged sessions={sessions} viewer={viewer} now={now} />;
  return (
    <>
      <NextLesson session={next} viewer={viewer} now={now} />
      <Paged sessions={later} viewer={viewer} now={now} />
    </>
  );
}

function NothingAhead({ viewer }: { viewer: Viewer }) {
  const words = useTranslations("sessions.empty");
  const side = viewer.role === "student" ? "student" : "tutor";
  return (
    <Empty
      icon={<IconCalendarPlus size={28} aria-hidden />}
      title={words(`${side}.title`)}
      text={words(`${side}.text`)}
      action={<ButtonLink href="/bookings">{words(`${side}.action`)}</ButtonLink>}
    />
  );
}

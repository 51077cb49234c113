"use client";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { NoMatch } from "#app/sessions/_parts/viewState/NoMatch.tsx";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import { Clock } from "#components/time/Clock.tsx";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { NextLesson } from "./NextLesson.tsx";
import { Paged } from "./Paged.tsx";

interface Props {
  sessions: SessionView[];
  /** Bookings that wait for an answer. */
  requests: number;
  viewer: Viewer;
  isFiltered: boolean;
  /** How many more past lessons match the filters. */
  elsewhere: number;
}

/** Shows the next lesson large and the others by day. With a filter none of them counts as the next. */
export function Upcoming(props: Props) {
  const { sessions, requests, viewer, isFiltered, elsewhere } = props;
  const [next, ...later] = sessions;
  if (!next) {
    return isFiltered ? (
      <NoMatch elsewhere={elsewhere} there="past" />
    ) : (
      <NothingAhead viewer={viewer} requests={requests} />
    );
  }
  if (isFiltered) return <Paged sessions={sessions} viewer={viewer} />;
  return (
    <>
      <Clock everyMs={1000}>
        <NextLesson session={next} viewer={viewer} />
      </Clock>
      <Paged sessions={later} viewer={viewer} />
    </>
  );
}

function NothingAhead({ viewer, requests }: Pick<Props, "viewer" | "requests">) {
  const words = useTranslations("sessions.empty");
  const side = viewer.role === "student" ? "student" : "tutor";
  const isAsked = requests > 0;
  return (
    <Empty
      icon={<IconCalendarPlus size={28} aria-hidden />}
      title={isAsked ? words(`${side}.asked`, { count: requests }) : words(`${side}.title`)}
      text={words(isAsked ? `${side}.askedText` : `${side}.text`)}
      action={<ButtonLink href="/bookings">{words(`${side}.action`)}</ButtonLink>}
    />
  );
}

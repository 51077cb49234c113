"use client";
import { IconCalendarPlus, IconHistory } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { isAhead, type Viewer } from "#app/sessions/_parts/lesson.ts";
import { NoMatch } from "#app/sessions/_parts/viewState/NoMatch.tsx";
import { useViewState } from "#app/sessions/_parts/viewState/useViewState.ts";
import { isFiltered, isFrom, isUntil } from "#app/sessions/_parts/viewState/viewState.ts";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import { Clock } from "#components/time/Clock.tsx";
import { useNow } from "#components/time/useNow.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { LessonsByDay } from "./LessonsByDay.tsx";
import { NextLesson } from "./NextLesson.tsx";
import { BackToNow, MoreLessons } from "./OtherLessons.tsx";

interface Props {
  part: "upcoming" | "past";
  /** The lessons that match the filters, soonest first. */
  sessions: SessionView[];
  /** The day on which the list goes on; null at its end. */
  more: string | null;
  /** Bookings that wait for an answer. */
  requests: number;
  viewer: Viewer;
}

/**
 * The lessons ahead, soonest first, or those that are over, newest first. The next lesson is shown large, except
 * with a filter, because then none of them counts as the next.
 */
export function LessonList({ part, sessions, more, requests, viewer }: Props) {
  const now = useNow();
  const { viewState } = useViewState();
  const filtered = isFiltered(viewState);
  const isPast = part === "past";
  const start = isPast ? viewState.until : viewState.from;
  const ahead = sessions.filter((session) => isAhead(session, now) && isFrom(session, viewState));
  const over = sessions
    .filter((session) => !isAhead(session, now) && isUntil(session, viewState))
    .reverse();
  const shown = isPast ? over : ahead;
  const [next, ...later] = shown;
  const ways = <MoreLessons part={part} day={more} />;
  if (!next && filtered) {
    return (
      <>
        <BackToNow part={part} />
        <NoMatch elsewhere={(isPast ? ahead : over).length} there={isPast ? "upcoming" : "past"} />
        {ways}
      </>
    );
  }
  if (!next && start === null && more === null) {
    return isPast ? <NothingOver /> : <NothingAhead viewer={viewer} requests={requests} />;
  }
  const isFirst = next && !isPast && !filtered && start === null;
  return (
    <>
      <BackToNow part={part} />
      {isFirst ? (
        <Clock everyMs={1000}>
          <NextLesson session={next} viewer={viewer} />
        </Clock>
      ) : null}
      <LessonsByDay key={start} sessions={isFirst ? later : shown} viewer={viewer}>
        {ways}
      </LessonsByDay>
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

function NothingOver() {
  const words = useTranslations("sessions.emptyPast");
  return (
    <Empty
      icon={<IconHistory size={28} aria-hidden />}
      title={words("title")}
      text={words("text")}
    />
  );
}

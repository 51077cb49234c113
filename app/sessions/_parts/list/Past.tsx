"use client";
import { IconHistory } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Viewer } from "#app/sessions/_parts/lesson.ts";
import { NoMatch } from "#app/sessions/_parts/viewState/NoMatch.tsx";
import { Empty } from "#components/Empty.tsx";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { Paged } from "./Paged.tsx";

interface Props {
  /** Newest first. */
  sessions: SessionView[];
  viewer: Viewer;
  isFiltered: boolean;
  /** How many more lessons ahead match the filters. */
  elsewhere: number;
}

export function Past({ sessions, viewer, isFiltered, elsewhere }: Props) {
  const words = useTranslations("sessions.emptyPast");
  if (sessions.length > 0) return <Paged sessions={sessions} viewer={viewer} />;
  if (isFiltered) return <NoMatch elsewhere={elsewhere} there="upcoming" />;
  return (
    <Empty
      icon={<IconHistory size={28} aria-hidden />}
      title={words("title")}
      text={words("text")}
    />
  );
}

import { Skeleton, VisuallyHidden } from "@mantine/core";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { notFoundOr } from "#app/_parts/notFoundOr.ts";
import type { WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { linksToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { context, ownConnection, requirePerson } from "#server/page.ts";
import { lessonZones } from "../_parts/viewState/lessonZones.ts";
import { ShownZone } from "../_parts/viewState/ShownZone.tsx";
import { LessonDetails } from "./_parts/LessonDetails.tsx";
import { LinkHistory } from "./_parts/LinkHistory.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("sessions.details");
  return { title: words("title") };
}

interface Props {
  params: Promise<{ id: string }>;
}

/** One lesson in full: who, when, where, and its earlier rooms. */
export default async function LessonPage({ params, searchParams }: Props & WithQuery) {
  const { id } = await params;
  const person = await requirePerson("tutor", "student", "admin");
  const session = await notFoundOr(getSession(await context(), person, id));
  const connection = await ownConnection();
  const dead = connection?.status === "needs_reconnect" ? connection.provider : null;
  const isTutor = session.tutor.id === person.id;
  const links = isTutor ? await linksToHandOver(await context(), person, [session]) : {};
  const viewer = { id: person.id, role: person.role, home: person.timeZone };
  return (
    <PageTime everyMs={1000} zones={await lessonZones([session], await searchParams)}>
      <ShownZone>
        <LessonDetails session={session} viewer={viewer} dead={dead} handOver={links[id] ?? null}>
          <Suspense fallback={<HistoryLoading />}>
            <LinkHistory sessionId={id} />
          </Suspense>
        </LessonDetails>
      </ShownZone>
    </PageTime>
  );
}

function HistoryLoading() {
  const words = useTranslations("sessions.history");
  return (
    <div role="status">
      <VisuallyHidden>{words("loading")}</VisuallyHidden>
      <Skeleton height={64} />
    </div>
  );
}

import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { PageHead } from "#components/PageHead.tsx";
import { Clock } from "#components/time/Clock.tsx";
import { PageTime } from "#components/time/PageTime.tsx";
import { linksToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { lessonsWith } from "#lib/services/sessions/lessonsWith.ts";
import { getStudent, presentId } from "#lib/services/students/listStudents.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { context, ownConnection, requirePerson, shownZones } from "#server/page.ts";
import { AboutStudent } from "./_parts/AboutStudent.tsx";
import { AddLessons } from "./_parts/AddLessons.tsx";
import { LessonsAhead } from "./_parts/LessonsAhead.tsx";

interface Params {
  params: Promise<{ id: string }>;
}

const studentOf = cache(async (id: string) => {
  const tutor = await requirePerson("tutor");
  const ctx = await context();
  try {
    return await getStudent(ctx, tutor, id);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "not_found")) throw error;
  }
  const present = await presentId(ctx, tutor, id);
  if (present === null) notFound();
  redirect(`/students/${present}`);
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { id } = await params;
  return { title: (await studentOf(id)).name };
}

export default async function StudentPage({ params }: Params) {
  const { id } = await params;
  const student = await studentOf(id);
  const tutor = await requirePerson("tutor");
  const ctx = await context();
  const lessons = await lessonsWith(ctx, tutor, student.id);
  const links = await linksToHandOver(ctx, tutor, lessons);
  const connection = await ownConnection();
  return (
    <PageTime zones={await shownZones(student.timeZone)}>
      <PageHead title={student.name} withZone />
      <LessonsAhead
        lessons={lessons}
        links={links}
        student={student}
        isConnected={connection?.status === "connected"}
      />
      <Clock everyMs={30_000}>
        <AddLessons student={student} />
      </Clock>
      <AboutStudent
        key={student.id}
        student={student}
        home={tutor.timeZone}
        links={Object.keys(links).length}
      />
    </PageTime>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import { PageTime } from "#components/time/PageTime.tsx";
import { listStudents } from "#lib/services/students/listStudents.ts";
import { wholeList } from "#lib/services/verb/page.ts";
import { context, requirePerson, shownZones } from "#server/page.ts";
import { StudentList } from "./_parts/StudentList.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("students");
  return { title: words("title") };
}

export default async function StudentsPage() {
  const tutor = await requirePerson("tutor");
  const words = await getTranslations("students");
  const ctx = await context();
  const students = await wholeList((page) => listStudents(ctx, tutor, page));
  return (
    <PageTime zones={await shownZones(...students.map(({ timeZone }) => timeZone))}>
      <PageHead title={words("title")} withZone />
      <StudentList students={students} home={tutor.timeZone} />
    </PageTime>
  );
}

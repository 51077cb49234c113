import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import { Clock } from "#components/time/Clock.tsx";
import { PageTime } from "#components/time/PageTime.tsx";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { listTutors } from "#lib/services/people/listTutors.ts";
import { wholeList } from "#lib/services/verb/page.ts";
import { context, requireSide, shownZones } from "#server/page.ts";
import { BookLesson } from "./_parts/BookLesson.tsx";
import { StudentBookings } from "./_parts/StudentBookings.tsx";
import { TutorBookings } from "./_parts/TutorBookings.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("bookings");
  return { title: words("title") };
}

export default async function BookingsPage() {
  const person = await requireSide();
  const words = await getTranslations("bookings");
  const ctx = await context();
  const bookings = await wholeList((page) => listBookings(ctx, person, page));
  const isStudent = person.role === "student";
  const tutors = isStudent ? await wholeList((page) => listTutors(ctx, person, page)) : [];
  const zones = await shownZones(...tutors.map(({ timeZone }) => timeZone));
  return (
    <PageTime zones={zones}>
      <PageHead title={words("title")} withZone />
      {isStudent ? (
        <>
          <Clock everyMs={30_000}>
            <BookLesson tutors={tutors} />
          </Clock>
          <StudentBookings bookings={bookings} />
        </>
      ) : (
        <TutorBookings bookings={bookings} />
      )}
    </PageTime>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { listNotes } from "#lib/services/telling/notes.ts";
import { context, requirePerson } from "#server/page.ts";
import { isAhead } from "./_parts/lesson.ts";
import { Notes } from "./_parts/Notes.tsx";
import { SessionsBoard } from "./_parts/SessionsBoard.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("sessions");
  return { title: words("title") };
}

export default async function SessionsPage() {
  const person = await requirePerson("tutor", "student", "admin");
  const ctx = await context();
  const now = ctx.clock().toISOString();
  const sessions = await listSessions(ctx, person);
  // Bookings are shown only if there are no lessons ahead, so they aren't read otherwise.
  const bookings = sessions.some((session) => isAhead(session, now))
    ? []
    : await listBookings(ctx, person);
  return (
    <SessionsBoard
      sessions={sessions}
      requests={bookings.filter(({ status }) => status === "requested").length}
      viewer={{ id: person.id, role: person.role, zone: person.timeZone }}
      now={now}
    >
      <Notes notes={await listNotes(ctx, person)} zone={person.timeZone} now={now} />
    </SessionsBoard>
  );
}

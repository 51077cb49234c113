import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { PageTime } from "#components/time/PageTime.tsx";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { listNotes } from "#lib/services/telling/notes.ts";
import { context, requirePerson } from "#server/page.ts";
import { isAhead } from "./_parts/lesson.ts";
import { Notes } from "./_parts/Notes.tsx";
import { SessionsBoard } from "./_parts/SessionsBoard.tsx";

// The next lesson has a clock of its own that counts by the second.
const STEP_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("sessions");
  return { title: words("title") };
}

export default async function SessionsPage() {
  const person = await requirePerson("tutor", "student", "admin");
  const ctx = await context();
  const now = (await getNow()).toISOString();
  const sessions = await listSessions(ctx, person);
  // Bookings are shown only if there are no lessons ahead, so they aren't read otherwise.
  const bookings = sessions.some((session) => isAhead(session, now))
    ? []
    : await listBookings(ctx, person);
  return (
    <PageTime everyMs={STEP_MS}>
      <SessionsBoard
        sessions={sessions}
        requests={bookings.filter(({ status }) => status === "requested").length}
        viewer={{ id: person.id, role: person.role, home: person.timeZone }}
      >
        <Notes notes={await listNotes(ctx, person)} />
      </SessionsBoard>
    </PageTime>
  );
}

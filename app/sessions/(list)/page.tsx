import type { Metadata } from "next";
import { PageHead } from "#components/PageHead.tsx";
import { sessionWords } from "#components/words/sessions.ts";
import { listSessions } from "#lib/services/listSessions.ts";
import { context, requirePerson } from "#server/page.ts";
import { SessionsBoard } from "../_parts/SessionsBoard.tsx";

export const metadata: Metadata = { title: sessionWords.title };

export default async function SessionsPage() {
  const person = await requirePerson("tutor", "student", "admin");
  const ctx = await context();
  const sessions = await listSessions(ctx, person);
  const now = ctx.clock().toISOString();
  return (
    <>
      <PageHead title={sessionWords.title} zone={person.timeZone} now={now} />
      <SessionsBoard
        sessions={sessions}
        viewer={{ id: person.id, role: person.role, zone: person.timeZone }}
        now={now}
      />
    </>
  );
}

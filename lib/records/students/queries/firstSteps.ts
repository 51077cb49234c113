import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";

export interface FirstSteps {
  is_connected: boolean;
  has_lessons: boolean;
  /** Somebody of theirs has an account, gets links by mail, or has come in by one. */
  has_shared: boolean;
  /** A lesson of theirs is over, so nothing is first any more. */
  has_taught: boolean;
}

export async function firstStepsOf(q: Queryable, tutorId: string): Promise<FirstSteps> {
  const { rows } = await sql<FirstSteps>`select
    exists (select from tutor_video_provider_connections
      where tutor_id = ${tutorId} and connection_status <> 'disconnected') as is_connected,
    exists (select from sessions where tutor_id = ${tutorId} and status <> 'CANCELLED') as has_lessons,
    exists (select from bookings b join people p on p.id = b.student_id
      where b.tutor_id = ${tutorId} and p.has_account)
      or exists (select from private.asks where asker_id = ${tutorId} and answer = 'yes' and ended_at is null)
      or exists (select from session_joins j join sessions s on s.id = j.session_id
        where s.tutor_id = ${tutorId} and j.person_id = s.student_id) as has_shared,
    exists (select from sessions where tutor_id = ${tutorId} and status = 'COMPLETED') as has_taught`.execute(
    q,
  );
  const [row] = rows;
  if (!row) throw new Error("A select without from has one row");
  return row;
}

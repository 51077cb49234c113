/** Rows to be inserted into the ledger. */
import { type Meeting, meetingKey } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";

/** A new row of the ledger for what this lesson wants now. */
export const intended = (
  id: string,
  session: Session,
  wish: { provider: Meeting["provider"]; grant_id: string; generation: number },
  now: Date,
) => ({
  id,
  tutor_id: session.tutor_id,
  session_id: session.id,
  provider: wish.provider,
  grant_id: wish.grant_id,
  generation: wish.generation,
  revision: session.revision,
  key: meetingKey(id),
  state: "intended" as const,
  title: session.title,
  starts_at: session.scheduled_start_at,
  duration_minutes: session.duration_minutes,
  created_at: now,
  updated_at: now,
});

interface Wished {
  row: Meeting;
  session: Session;
}

/** A row for the same wish as that of `row`. */
export function again(id: string, { row, session }: Wished, now: Date) {
  const { provider, generation, revision, grant_id } = row;
  if (grant_id === null) throw new Error(`Meeting ${row.id} was made by hand, without a grant`);
  return { ...intended(id, session, { provider, generation, grant_id }, now), revision };
}

/** Something of ours stays at the provider without use: a row of its own sees to its end. */
export const leftover = (id: string, wished: Wished, externalId: string, now: Date) => ({
  ...again(id, wished, now),
  state: "superseded" as const,
  external_id: externalId,
  superseded_at: now,
  delete_after: now,
});

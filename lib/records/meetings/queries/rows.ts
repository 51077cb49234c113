import { type Meeting, meetingKey } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";

/** A new ledger row for what this lesson needs now. */
export const intendedRow = (
  id: string,
  session: Session,
  desired: { provider: Meeting["provider"]; grant_id: string; generation: number },
  now: Date,
) => ({
  id,
  tutor_id: session.tutor_id,
  session_id: session.id,
  provider: desired.provider,
  grant_id: desired.grant_id,
  generation: desired.generation,
  revision: session.revision,
  key: meetingKey(id),
  state: "intended" as const,
  title: session.title,
  starts_at: session.scheduled_start_at,
  duration_minutes: session.duration_minutes,
  created_at: now,
  updated_at: now,
});

interface Source {
  row: Meeting;
  session: Session;
}

/** A row for the same desired state as that of `row`. */
export function repeatRow(id: string, { row, session }: Source, now: Date) {
  const { provider, generation, revision, grant_id } = row;
  if (grant_id === null) throw new Error(`Meeting ${row.id} was made by hand, without a grant`);
  return { ...intendedRow(id, session, { provider, generation, grant_id }, now), revision };
}

/** A meeting of ours is unused at the provider. A row of its own makes sure that it is deleted. */
export const orphanRow = (id: string, source: Source, externalId: string, now: Date) => ({
  ...repeatRow(id, source, now),
  state: "superseded" as const,
  external_id: externalId,
  superseded_at: now,
  delete_after: now,
});

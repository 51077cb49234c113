/** Lessons go back to the rooms that a migration took them from; those never left the provider. */
import type { Trx } from "#lib/platform/db.ts";
import {
  openLedger,
  raiseGeneration,
  reviveMeeting,
  supersedeLive,
} from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { endOpenMove, movesIn } from "#lib/records/migrations/queries.ts";
import type { Migration } from "#lib/records/migrations/rules.ts";
import { updateSession } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";

interface Undoing {
  undone: Migration;
  undo: Migration;
  sessions: Session[];
  now: Date;
}

/**
 * Settles the undo's rows of all lessons that need nothing made: those whose old room lives point at
 * it again, those that stand at the old grant anyway stay. The others are left to `reconcile`.
 * @returns the ids of lessons that changed their room
 */
export async function swapBack(trx: Trx, undoing: Undoing): Promise<string[]> {
  const { undo, sessions, now } = undoing;
  const ledger = await openLedger(trx, undo.tutor_id, undo.generation);
  const rowsOf = Map.groupBy(ledger, (row) => row.session_id);
  const left = await roomsLeft(trx, undoing);
  const swapped: string[] = [];
  for (const session of sessions) {
    const rows = rowsOf.get(session.id) ?? [];
    const live = rows.find(({ state }) => state === "live");
    const room = roomToGoBackTo(rows, live, undo, left);
    if (room) {
      await swap(trx, undo, session, { live, room }, now);
      swapped.push(session.id);
    } else if (live?.grant_id === undo.to_grant_id && live.id === session.meeting_id) {
      await stay(trx, undo, live, now);
    }
  }
  return swapped;
}

/** Null: between two grants the grant alone tells which rooms were left. */
async function roomsLeft(trx: Trx, { undone, undo }: Undoing): Promise<Set<string> | null> {
  if (undo.from_grant_id !== undo.to_grant_id) return null;
  const moved = await movesIn(trx, undone.id, "moved");
  return new Set(moved.flatMap((move) => move.from_meeting_id ?? []));
}

/**
 * The one left last: a retry moved only some of the lessons that go back. `live_at` is null in rooms
 * that were made too late to be handed out.
 */
function roomToGoBackTo(
  rows: Meeting[],
  live: Meeting | undefined,
  undo: Migration,
  left: Set<string> | null,
): Meeting | undefined {
  if (left === null && live?.grant_id === undo.to_grant_id) return undefined;
  return rows
    .filter(
      (row) =>
        row.state === "superseded" &&
        row.grant_id === undo.to_grant_id &&
        row.live_at !== null &&
        (left === null || left.has(row.id)),
    )
    .sort((a, b) => (a.superseded_at?.getTime() ?? 0) - (b.superseded_at?.getTime() ?? 0))
    .at(-1);
}

async function swap(
  trx: Trx,
  undo: Migration,
  session: Session,
  { live, room }: { live: Meeting | undefined; room: Meeting },
  now: Date,
): Promise<void> {
  // Until the undo comes to rest it is unknown how long the room that is left now stays.
  await supersedeLive(trx, session.id, null, now);
  const isBack = await reviveMeeting(trx, room.id, undo.generation, now);
  const isPointed = await updateSession(trx, session, {
    provider: room.provider,
    meeting_external_id: room.external_id,
    join_url: room.join_url,
    meeting_created_at: now,
    meeting_id: room.id,
    updated_at: now,
  });
  // Under the tutor's lock neither can be; better no undo than a lesson without a room.
  if (!isBack || !isPointed)
    throw new Error(`Lesson ${session.id} changed in the middle of an undo`);
  const moved = { from_meeting_id: live?.id ?? null, to_meeting_id: room.id, started_at: now };
  await endOpenMove(trx, moveOf(undo, session.id), { state: "moved", ...moved }, now);
}

/** The room serves the newest desired state, too, so nobody asks for another. */
async function stay(trx: Trx, undo: Migration, live: Meeting, now: Date): Promise<void> {
  await raiseGeneration(trx, live.id, undo.generation, now);
  await endOpenMove(trx, moveOf(undo, live.session_id), { state: "skipped" }, now);
}

const moveOf = ({ tutor_id, generation }: Migration, sessionId: string) => ({
  tutor_id,
  generation,
  session_id: sessionId,
});

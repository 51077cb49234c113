/** Rows of the ledger that wait for something, and until when. */
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Meeting } from "#lib/records/meetings/queries.ts";
import type { awaitingStrayLook } from "#lib/records/meetings/strays.ts";
import type { Session } from "#lib/records/sessions/queries.ts";
import type { TutorBoard } from "#lib/services/reconcile/board.ts";

/** A row that was due for longer than this has no worker to see to it. */
const OVERDUE_MINUTES = 5;

export interface WaitingRow {
  meetingId: string;
  sessionId: string;
  provider: ProviderId;
  waitsFor: "its room" | "its new time" | "deletion" | "a late look";
  /** Null: for something other than a date, such as a migration's rest or a reconnection. */
  until: Date | null;
  attempts: number;
  error: { code: string; detail: string | null } | null;
  overdue: boolean;
}

export function waitingRows(
  board: TutorBoard,
  late: Awaited<ReturnType<typeof awaitingStrayLook>>,
  now: Date,
): WaitingRow[] {
  const before = addMinutes(now, -OVERDUE_MINUTES);
  const due = new Set(
    board.plan.steps.flatMap((step) => ("meetingId" in step ? (step.meetingId ?? []) : [])),
  );
  const rows = [...board.meetings.values()].flatMap((row): WaitingRow[] => {
    const waitsFor = callOf(row, board.sessions.get(row.session_id));
    if (!waitsFor) return [];
    const until = dateOf(row);
    const overdue = due.has(row.id) && (until ?? row.updated_at) < before;
    return [{ ...identity(row), waitsFor, until, overdue }];
  });
  const looks = late.map((row): WaitingRow => {
    const until = row.stray_look_at;
    return { ...identity(row), waitsFor: "a late look", until, overdue: until < before };
  });
  return [...rows, ...looks];
}

const identity = (row: Meeting) => ({
  meetingId: row.id,
  sessionId: row.session_id,
  provider: row.provider,
  attempts: row.attempts,
  error: row.error_code === null ? null : { code: row.error_code, detail: row.error_detail },
});

function callOf(row: Meeting, session: Session | undefined): WaitingRow["waitsFor"] | null {
  switch (row.state) {
    case "intended":
      return "its room";
    case "superseded":
    case "deleting":
      return "deletion";
    case "live":
      return row.origin === "segue" && session && row.revision < session.revision
        ? "its new time"
        : null;
    default:
      return null;
  }
}

function dateOf(row: Meeting): Date | null {
  if (row.state === "superseded" && row.delete_after === null) return null;
  const dates = [row.next_attempt_at, row.lease_until, row.delete_after];
  const known = dates.filter((at) => at !== null);
  return known.length > 0 ? latest(...known) : null;
}

/** Lists the ledger's rows that wait for something, and until when. */
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { awaitingOrphanScan } from "#lib/records/meetings/queries/orphans.ts";
import { OVERDUE_MINUTES } from "#lib/records/meetings/queries/overdue.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { TutorSnapshot } from "#lib/services/reconcile/snapshot.ts";
import type { WaitingRow } from "#lib/services/support/views.ts";

export function waitingRows(
  snapshot: TutorSnapshot,
  late: Awaited<ReturnType<typeof awaitingOrphanScan>>,
  now: Date,
  canCall: (provider: ProviderId) => boolean,
): WaitingRow[] {
  const before = addMinutes(now, -OVERDUE_MINUTES);
  const due = new Set(
    snapshot.plan.steps.flatMap((step) => ("meetingId" in step ? step.meetingId : [])),
  );
  // What has no date stands in line behind the others, and moves on as long as one of them does.
  const inLine = [...snapshot.meetings.values()].filter(({ state }) => state !== "live");
  const lastMove = latest(...inLine.map((row) => row.updated_at));
  const rows = [...snapshot.meetings.values()].flatMap((row): WaitingRow[] => {
    const waitsFor = callOf(row, snapshot.sessions.get(row.session_id));
    if (!waitsFor) return [];
    const until = dateOf(row);
    const overdue = canCall(row.provider) && due.has(row.id) && (until ?? lastMove) < before;
    return [{ ...identity(row), waitsFor, until: until?.toISOString() ?? null, overdue }];
  });
  const scans = late.map((row): WaitingRow => {
    const until = row.orphan_scan_at;
    return {
      ...identity(row),
      waitsFor: "look",
      until: until.toISOString(),
      overdue: until < before,
    };
  });
  return [...rows, ...scans];
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
      return "room";
    case "superseded":
    case "deleting":
      return "deletion";
    case "live":
      return row.origin === "segue" && session && row.revision < session.revision ? "time" : null;
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

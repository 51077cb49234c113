/** Finds the meeting of a create that landed after the lookups for its lost answer had ended. */
import { asService } from "#lib/platform/db.ts";
import { awaitingOrphanScan, moveOrphanScan } from "#lib/records/meetings/queries/orphans.ts";
import { type Meeting, nextOrphanScan, scanWhenReachable } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { findOrphans, type GrantScan } from "./findOrphans.ts";

export interface ScanOutcome {
  /** Accounts were scanned, so there may be something to do now. */
  looked: boolean;
  /** When the next scan is due; null if none is. */
  nextAt: Date | null;
}

/**
 * Scans the accounts of rows whose date has come. The date moves only after the scan, so a crash in between
 * repeats it. A failed scan is repeated, unless its grant can't be used any more; one that a run had no time for goes
 * on from where it was. Meanwhile further rows of the account wait for a scan that begins with them.
 */
export async function orphanScan(ctx: Context, tutorId: string, end: Date): Promise<ScanOutcome> {
  const waiting = await asService(ctx.db, (trx) => awaitingOrphanScan(trx, tutorId));
  const now = ctx.clock();
  const due = waiting.filter((row) => row.orphan_scan_at <= now);
  if (due.length === 0) return { looked: false, nextAt: waiting[0]?.orphan_scan_at ?? null };
  const rows = [...Map.groupBy(due, (row) => row.grant_id).values()].flatMap((ofGrant) => {
    const place = ofGrant.find((row) => row.orphan_scan_place !== null)?.orphan_scan_place ?? null;
    return ofGrant.filter((row) => row.orphan_scan_place === place);
  });
  const places = new Map(rows.map((row) => [row.grant_id ?? "", row.orphan_scan_place]));
  const { grants } = await findOrphans(ctx, tutorId, { places, end });
  const scans = new Map(grants.map((scan) => [scan.grantId, scan]));
  for (const row of rows) {
    const change = after(row, scans.get(row.grant_id ?? ""), ctx.clock());
    await asService(ctx.db, async (trx) => {
      await lockTutor(trx, tutorId);
      await moveOrphanScan(trx, row, change);
    });
  }
  return { looked: true, nextAt: null };
}

function after(
  row: Pick<Meeting, "orphan_scans" | "created_at">,
  scan: GrantScan | undefined,
  now: Date,
) {
  if (scan?.looked) return nextOrphanScan(row, now);
  // The tutor's own connection may become usable again; a replaced one won't.
  const muchLater = scan?.current ? scanWhenReachable(row, now) : null;
  return {
    orphan_scan_at: scan?.error?.again ?? muchLater,
    orphan_scan_place: scan?.place ?? null,
  };
}

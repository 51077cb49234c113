/**
 * Meetings that were found at a provider by our mark, compared with the ledger; see the paragraph at
 * `orphan_scan_at`.
 */
import { type Expression, sql } from "kysely";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { MarkedMeeting, ProviderId } from "#lib/providers/provider.ts";
import { firstOrphanScan, type Meeting } from "#lib/records/meetings/rules.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/** Rows of any tutor that have one of these keys or external ids. */
export const rowsOfMarked = async (q: Queryable, list: MarkedMeeting[]): Promise<Meeting[]> =>
  list.length === 0
    ? []
    : q
        .selectFrom("meetings")
        .selectAll()
        .where((eb) =>
          eb.or([
            eb(
              "key",
              "in",
              list.map(({ key }) => key),
            ),
            eb(
              "external_id",
              "in",
              list.map(({ externalId }) => externalId),
            ),
          ]),
        )
        .execute();

/**
 * Whether an open lesson leads to this room, or somebody has ever entered it into one by hand. The room is
 * recognised by its id, or by a link that contains the last part of its own link.
 */
export async function isNamed(
  q: Queryable,
  room: { provider: ProviderId; externalId: string; joinUrl: string | null },
): Promise<boolean> {
  const parts = new URL(room.joinUrl ?? "https://none").pathname.split("/");
  const names = [room.externalId, parts.at(-1) ?? ""].filter((name) => name !== "");
  const leadsThere = (link: Expression<string | null>) =>
    sql<boolean>`exists (select from unnest(${names}::text[]) as name
      where strpos(${link}, '/' || name) > 0)`;
  const lessons = q
    .selectFrom("sessions")
    .select("id")
    .where("status", "in", openStatuses)
    .where((eb) =>
      eb.or([
        eb.and([
          eb("provider", "=", room.provider),
          eb("meeting_external_id", "=", room.externalId),
        ]),
        leadsThere(eb.ref("join_url")),
      ]),
    );
  const byHand = q
    .selectFrom("meetings")
    .select("id")
    .where("origin", "=", "manual")
    .where((eb) => eb.or([eb("external_id", "in", names), leadsThere(eb.ref("join_url"))]));
  return (await lessons.union(byHand).executeTakeFirst()) !== undefined;
}

/** The tutor's rows whose account still has to be scanned for orphans, the next one first. */
export const awaitingOrphanScan = (q: Queryable, tutorId: string) =>
  q
    .selectFrom("meetings")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where("orphan_scan_at", "is not", null)
    .$narrowType<{ orphan_scan_at: Date }>()
    .orderBy("orphan_scan_at")
    .execute();

/** Rooms that couldn't be deleted and whose start is still to come, so people can enter them then. */
export const strandedRooms = (q: Queryable, tutorId: string, now: Date): Promise<Meeting[]> =>
  q
    .selectFrom("meetings as m")
    .selectAll("m")
    .where("m.tutor_id", "=", tutorId)
    .where("m.state", "=", "stranded")
    .where("m.starts_at", ">=", now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("meetings as later")
            .select("later.id")
            .whereRef("later.tutor_id", "=", "m.tutor_id")
            .whereRef("later.provider", "=", "m.provider")
            .whereRef("later.external_id", "=", "m.external_id")
            .where("later.state", "in", ["superseded", "deleting", "deleted"]),
        ),
      ),
    )
    .orderBy("m.starts_at")
    .execute();

/**
 * The account of this grant can be reached again, so what it couldn't be asked about, or told to delete, is looked for now.
 * Once their lessons have begun, rooms are left to their provider.
 */
export const scanAgain = (trx: Trx, grantId: string, now: Date) =>
  trx
    .updateTable("meetings")
    .set(firstOrphanScan(now))
    .where("grant_id", "=", grantId)
    .where((eb) =>
      eb.or([
        // Also what is due: a scan under way, which couldn't reach it, would put it off otherwise.
        eb("orphan_scan_at", "is not", null),
        eb.and([eb("state", "=", "stranded"), eb("starts_at", ">=", now)]),
      ]),
    )
    .execute();

/** Does nothing where another scan has moved the date or gone on from the place meanwhile. */
export const moveOrphanScan = (
  trx: Trx,
  seen: { id: string; orphan_scan_at: Date; orphan_scan_place: string | null },
  change: Partial<Pick<Meeting, "orphan_scan_at" | "orphan_scans" | "orphan_scan_place">>,
) =>
  trx
    .updateTable("meetings")
    .set(change)
    .where("id", "=", seen.id)
    .where("orphan_scan_at", "=", seen.orphan_scan_at)
    .where("orphan_scan_place", "is not distinct from", seen.orphan_scan_place)
    .execute();

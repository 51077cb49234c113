/** Meetings found at a provider by our mark, held against the ledger; see the paragraph at `stray_look_at`. */
import { type Expression, sql } from "kysely";
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import { errorClasses, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { MarkedMeeting, ProviderId } from "#lib/providers/provider.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";
import type { Meeting } from "./queries.ts";
import type { MeetingState } from "./rules.ts";

/** After a create that may land late was given up or made again, its account is looked through. */
const LOOK_MINUTES = [2, 15] as const;

/** No request is on its way for so long, and few people copy a lesson's meeting within it. */
const COPY_MINUTES = 180;

/** What a row gets whose create may still land. */
export const firstStrayLook = (now: Date) => ({
  stray_look_at: addMinutes(now, LOOK_MINUTES[0]),
  stray_looks: 0,
});

/** What becomes of it after a look that succeeded. */
export function nextStrayLook({ stray_looks: done }: Pick<Meeting, "stray_looks">, now: Date) {
  const [last, next] = [LOOK_MINUTES[done], LOOK_MINUTES[done + 1]];
  const at = last && next ? addMinutes(now, next - last) : null;
  return { stray_look_at: at, stray_looks: done + 1 };
}

export type Finding =
  /** The ledger has it in hand, or another look that is under way has. */
  | "known"
  /** Its row waits to be made: it is there already. */
  | "made"
  /** Ours and of no use to anybody. */
  | "stray"
  /** Of no use either, but the provider refuses for good to delete it. */
  | "refused"
  /** Not in this ledger: somebody else's with our mark. */
  | "unknown";

const inHand: MeetingState[] = ["intended", "live", "superseded", "deleting", "ended"];

/**
 * What a meeting found at the provider is to us. `rows`: at least those of its key and of its external
 * id. `since`: when the provider was asked; what has ended since then may have been listed all the same.
 */
export function judge(
  found: MarkedMeeting,
  rows: Meeting[],
  of: { tutorId: string; since: Date; now: Date },
): Finding {
  const own = rows.find((row) => row.key === found.key);
  if (!own) return "unknown";
  // Two tutors may share an account; each one's own look sees to theirs.
  if (own.tutor_id !== of.tutorId) return "known";
  const holders = rows.filter(
    (row) => row.external_id === found.externalId && row.provider === own.provider,
  );
  if (holders.some((row) => inHand.includes(row.state))) return "known";
  if (own.state === "intended") {
    const isLeased = own.lease_until !== null && own.lease_until > of.now;
    if (own.unsure || isLeased) return "known";
    if (own.external_id === null) return "made";
  }
  if (holders.some((row) => row.closed_at !== null && row.closed_at >= of.since)) return "known";
  if (isCopy(found, own)) return "unknown";
  return holders.some(isRefused) ? "refused" : "stray";
}

/** Made long after we last asked for it: somebody has copied a meeting of ours, mark and all. */
const isCopy = ({ createdAt }: MarkedMeeting, own: Meeting): boolean =>
  createdAt !== null && createdAt > addMinutes(lastAskedFor(own), COPY_MINUTES);

/** At the latest. */
const lastAskedFor = ({ created_at: first, live_at: live, closed_at: closed }: Meeting): Date =>
  latest(first, live ?? first, closed ?? first);

const isRefused = ({ state, error_code: code }: Meeting): boolean =>
  state === "stranded" && code !== null && errorClasses[code as ProviderErrorCode] === "permanent";

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
 * Whether an open lesson leads to this room, or somebody has ever written it into one by hand: by its
 * id, or by a link that holds the last part of its own.
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

/** Rows of the tutor whose account is still to be looked through, the next one first. */
export const awaitingStrayLook = (q: Queryable, tutorId: string) =>
  q
    .selectFrom("meetings")
    .selectAll()
    .where("tutor_id", "=", tutorId)
    .where("stray_look_at", "is not", null)
    .$narrowType<{ stray_look_at: Date }>()
    .orderBy("stray_look_at")
    .execute();

/** Rooms that nobody could delete, and that can be entered at their time still to come. */
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

/** Does nothing where another look has moved the date meanwhile. */
export const moveStrayLook = (
  trx: Trx,
  seen: { id: string; stray_look_at: Date },
  change: Partial<Pick<Meeting, "stray_look_at" | "stray_looks">>,
) =>
  trx
    .updateTable("meetings")
    .set(change)
    .where("id", "=", seen.id)
    .where("stray_look_at", "=", seen.stray_look_at)
    .execute();

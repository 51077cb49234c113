/** Outages that somebody has declared, and the tutors who are told; see the paragraphs at the tables. */
import { type Selectable, sql } from "kysely";
import type { PrivateOutages, PrivateOutageTutors } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

export type Outage = Selectable<PrivateOutages>;
export type OutageTutor = Selectable<PrivateOutageTutors>;

const OUTAGES = "private.outages";
const TUTORS = "private.outage_tutors";

/** The one under way, or else the newest. */
export const newestOutage = (q: Queryable, provider: ProviderId): Promise<Outage | undefined> =>
  q
    .selectFrom(OUTAGES)
    .selectAll()
    .where("provider", "=", provider)
    .orderBy("declared_at", "desc")
    .limit(1)
    .executeTakeFirst();

export const isOut = async (q: Queryable, provider: ProviderId): Promise<boolean> =>
  (await newestOutage(q, provider))?.over_at === null;

/** Whoever declares or ends one at the same moment does so afterwards. Anybody may read meanwhile. */
export const lockOutages = (trx: Trx) =>
  sql`lock table private.outages in share row exclusive mode`.execute(trx);

export const insertOutage = (
  trx: Trx,
  outage: Pick<Outage, "provider" | "since" | "declared_at" | "declared_by">,
): Promise<Outage> =>
  trx
    .insertInto(OUTAGES)
    .values({ ...outage, told_from: outage.declared_at })
    .returningAll()
    .executeTakeFirstOrThrow();

export const renewOutage = (
  trx: Trx,
  id: string,
  change: Pick<Outage, "since" | "told_from">,
): Promise<Outage> =>
  trx
    .updateTable(OUTAGES)
    .set(change)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const endOutageAt = (trx: Trx, id: string, now: Date): Promise<Outage> =>
  trx
    .updateTable(OUTAGES)
    .set({ over_at: now })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** A tutor's turn to be told of an outage, or that it is over. */
export type Turn = Pick<OutageTutor, "outage_id" | "tutor_id"> & {
  provider: ProviderId;
  since: Date;
  isOver: boolean;
};

const turns = (q: Queryable) =>
  q
    .selectFrom("private.outage_tutors as t")
    .innerJoin("private.outages as o", "o.id", "t.outage_id")
    .select(["t.outage_id", "t.tutor_id", "o.provider", "o.since"])
    .select((eb) => eb("o.over_at", "is not", null).$castTo<boolean>().as("isOver"))
    .where((eb) =>
      eb.or([
        eb.and([eb("t.looked_at", "is", null), eb("o.over_at", "is", null)]),
        eb.and([
          eb("t.told_at", "is not", null),
          eb("t.over_told_at", "is", null),
          eb("o.over_at", "is not", null),
        ]),
      ]),
    );

/** Those with the soonest lesson first. */
export const nextTurns = (q: Queryable, count: number): Promise<Turn[]> =>
  turns(q).orderBy("t.first_start").limit(count).execute();

/** Held until the transaction ends. @returns undefined where another process has it, or had it */
export const takeTurn = (trx: Trx, of: Turn): Promise<Turn | undefined> =>
  turns(trx)
    .where("t.outage_id", "=", of.outage_id)
    .where("t.tutor_id", "=", of.tutor_id)
    .forUpdate("t")
    .skipLocked()
    .executeTakeFirst();

export const recordTurn = (
  trx: Trx,
  { outage_id: outageId, tutor_id: tutorId }: Pick<OutageTutor, "outage_id" | "tutor_id">,
  turn: Partial<Pick<OutageTutor, "looked_at" | "told_at" | "mail_id" | "over_told_at">>,
) =>
  trx
    .updateTable(TUTORS)
    .set(turn)
    .where("outage_id", "=", outageId)
    .where("tutor_id", "=", tutorId)
    .execute();

/** What has happened to a tutor's connection. The database writes most of it itself (trigger `connection_changed`). */
import { type Insertable, sql } from "kysely";
import type { ConnectionEvents } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";

/** Newest first. */
export const connectionEvents = (q: Queryable, tutorId: string, most: number) =>
  q
    .selectFrom("connection_events")
    .select(["id", "kind", "provider", "account_email", "checked", "repaired", "at"])
    .where("tutor_id", "=", tutorId)
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(most)
    .execute();

export const insertConnectionEvent = (trx: Trx, event: Insertable<ConnectionEvents>) =>
  trx.insertInto("connection_events").values(event).execute();

/** Forgets the checks that found all in order and after which nothing else has happened: another one says the same. */
export const forgetEqualChecks = (trx: Trx, tutorId: string) =>
  sql`delete from connection_events e
       where e.tutor_id = ${tutorId} and e.kind = 'checked' and e.repaired = 0
         and not exists (select from connection_events l
           where l.tutor_id = e.tutor_id and l.at >= e.at and (l.kind <> 'checked' or l.repaired > 0))`.execute(
    trx,
  );

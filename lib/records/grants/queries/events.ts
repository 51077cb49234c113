/** What has happened to a tutor's connection. The database writes most of it itself (trigger `connection_changed`). */
import type { Insertable } from "kysely";
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

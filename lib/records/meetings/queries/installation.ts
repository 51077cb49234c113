import { sql } from "kysely";
import type { Db, Queryable } from "#lib/platform/db.ts";
import { asService } from "#lib/platform/db.ts";

const known = new WeakMap<Db, Promise<string>>();

/** The id of this installation. It is part of the marker on its meetings and never changes. */
export function installationId(db: Db): Promise<string> {
  const id =
    known.get(db) ??
    asService(db, (trx) =>
      trx.selectFrom("installation").select("id").executeTakeFirstOrThrow(),
    ).then((row) => row.id);
  known.set(db, id);
  // A failed read must not stay in the cache.
  id.catch(() => known.delete(db));
  return id;
}

/**
 * What stands after the @ in the UIDs of calendar entries and in the ids of mails. It never changes, because
 * calendars and mail programs know what we sent by it.
 */
export async function uidHost(q: Queryable): Promise<string> {
  const row = await q
    .selectFrom("installation")
    .select(["id", "uid_host"])
    .executeTakeFirstOrThrow();
  return row.uid_host ?? row.id;
}

/**
 * Decides it once, at the first start with this version: entries that were sent have the host that `APP_URL` names
 * now, and where there are none, nothing is taken from a setting that may change.
 */
export const decideUidHost = (db: Db, present: string) =>
  db
    .updateTable("installation")
    .set((eb) => ({
      uid_host: eb
        .case()
        .when(eb.exists(eb.selectFrom("sessions").select("id")))
        .then(present)
        .else(sql<string>`id::text`)
        .end(),
    }))
    .where("uid_host", "is", null)
    .execute();

/** What belongs to the installation as a whole: its identity, and the keys that nothing ever changes. */
import { sql } from "kysely";
import type { Db, Queryable, Trx } from "#lib/platform/db.ts";
import { asService } from "#lib/platform/db.ts";

/** What each key is for, as in `private.installation_keys`. */
export const keyNames = ["mailboxes", "doors"] as const;
export type KeyName = (typeof keyNames)[number];

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
  asService(db, (trx) =>
    trx
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
      .execute(),
  );

/** Whoever comes first makes the key, sealed. @returns it as it is stored */
export async function sealedKey(trx: Trx, name: KeyName, made: string): Promise<string> {
  await trx
    .insertInto("private.installation_keys")
    .values({ name, sealed: made })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
  const key = await storedKey(trx, name);
  if (key === undefined) throw new Error(`The installation's key "${name}" is gone`);
  return key;
}

export async function storedKey(q: Queryable, name: KeyName): Promise<string | undefined> {
  const row = await q
    .selectFrom("private.installation_keys")
    .select("sealed")
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.sealed;
}

/** @returns whether it was still the one that was read */
export async function replaceKey(
  trx: Trx,
  name: KeyName,
  { seen, sealed }: { seen: string; sealed: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("private.installation_keys")
    .set({ sealed })
    .where("name", "=", name)
    .where("sealed", "=", seen)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

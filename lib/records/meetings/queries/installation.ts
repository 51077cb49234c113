import type { Db } from "#lib/platform/db.ts";
import { asService } from "#lib/platform/db.ts";

const known = new WeakMap<Db, Promise<string>>();

/** This installation's id, part of the marker that its meetings carry; it never changes. */
export function installationId(db: Db): Promise<string> {
  const id =
    known.get(db) ??
    asService(db, (trx) =>
      trx.selectFrom("installation").select("id").executeTakeFirstOrThrow(),
    ).then((row) => row.id);
  known.set(db, id);
  // A connection that was cut just now must not be remembered in its place.
  id.catch(() => known.delete(db));
  return id;
}

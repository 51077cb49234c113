import type { Db } from "#lib/platform/db.ts";
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

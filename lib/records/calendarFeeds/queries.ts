import type { Queryable, Trx } from "#lib/platform/db.ts";

export const feedOf = (q: Queryable, personId: string) =>
  q
    .selectFrom("calendar_feeds")
    .select("created_at")
    .where("person_id", "=", personId)
    .executeTakeFirst();

/** The previous address stops working at once. */
export const replaceFeed = (
  trx: Trx,
  feed: { person_id: string; token_hash: string; created_at: Date },
) =>
  trx
    .insertInto("calendar_feeds")
    .values(feed)
    .onConflict((conflict) =>
      conflict.column("person_id").doUpdateSet((eb) => ({
        token_hash: eb.ref("excluded.token_hash"),
        created_at: eb.ref("excluded.created_at"),
      })),
    )
    .execute();

export const deleteFeed = (trx: Trx, personId: string) =>
  trx.deleteFrom("calendar_feeds").where("person_id", "=", personId).execute();

/** The person whose feed has this token. */
export async function ownerOfFeed(q: Queryable, tokenHash: string): Promise<string | undefined> {
  const row = await q
    .selectFrom("calendar_feeds")
    .select("person_id")
    .where("token_hash", "=", tokenHash)
    .executeTakeFirst();
  return row?.person_id;
}

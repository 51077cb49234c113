/** Manages the private address under which a person's calendar app reads their lessons. */
import { z } from "zod";
import { randomToken, sha256 } from "#lib/platform/crypto.ts";
import { asPerson, asService } from "#lib/platform/db.ts";
import { deleteFeed, feedOf, replaceFeed } from "#lib/records/calendarFeeds/queries.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

const feedView = z.object({ createdAt: z.iso.datetime() });
export const calendarFeedView = z.object({ feed: feedView.nullable() });
export const newCalendarFeedView = z.object({
  feed: feedView,
  url: z.string().describe("The address itself; it can't be read again."),
});
export type CalendarFeedView = z.infer<typeof calendarFeedView>;
export type NewCalendarFeed = z.infer<typeof newCalendarFeedView>;

/** Whether there is an address, but never the address itself. */
export async function calendarFeed(ctx: Context, person: Person): Promise<CalendarFeedView> {
  const row = await asPerson(ctx.db, { personId: person.id }, (trx) => feedOf(trx, person.id));
  return { feed: row ? { createdAt: row.created_at.toISOString() } : null };
}

/** Makes an address and revokes the one before. */
export async function makeCalendarFeed(ctx: Context, person: Person): Promise<NewCalendarFeed> {
  const token = randomToken();
  const now = ctx.clock();
  const feed = { person_id: person.id, token_hash: sha256(token), created_at: now };
  await asService(ctx.db, async (trx) => {
    await admit(ctx, trx, "newFeed", person.id);
    await replaceFeed(trx, feed);
  });
  return {
    feed: { createdAt: now.toISOString() },
    url: `${ctx.config.appUrl}/calendar/${token}.ics`,
  };
}

/** Revokes the address: from now on it finds nothing. Idempotent. */
export async function revokeCalendarFeed(ctx: Context, person: Person): Promise<void> {
  await asService(ctx.db, (trx) => deleteFeed(trx, person.id));
}

/**
 * Asks the providers whether the rooms of future lessons still exist and are what the providers answered to us.
 */
import PQueue from "p-queue";
import { asPerson, asService } from "#lib/platform/db.ts";
import { connectionOf, ownConnection } from "#lib/records/grants/queries.ts";
import { roomsToCheck } from "#lib/records/meetings/queries.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { admitNow } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { noVideoProvider } from "#lib/services/verb/errors.ts";
import { checkRoom } from "./checkRoom.ts";
import { findOrphans, type GrantScan } from "./findOrphans.ts";
import { readLicence } from "./readLicence.ts";
import { recordCheck } from "./recordCheck.ts";
import { recordManualEdits } from "./recordManualEdits.ts";
import type { LinkCheck } from "./views.ts";

/**
 * Checks a tutor's own links, when they ask for it. @throws Refusal `no_video_provider` without a connection
 */
export async function checkOwnLinks(ctx: Context, person: Person): Promise<LinkCheck> {
  const connection = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    ownConnection(trx, person.id),
  );
  if (!connection) throw noVideoProvider();
  await admitNow(ctx, "check", person.id);
  const counts = await checkLinks(ctx, person.id);
  await recordCheck(ctx, person.id, counts);
  return counts;
}

/**
 * Asks about the room of every future lesson that we made (with `until`, of lessons that begin by then),
 * soonest first, and marks for repair only what is gone or differs; `reconcile` then makes the new room or
 * updates the old one. A lesson that gets another room while the provider answers isn't touched. Then scans
 * for orphans.
 * @throws Refusal `no_video_provider` without a connection
 */
export const checkLinks = async (
  ctx: Context,
  tutorId: string,
  of: { until?: Date } = {},
): Promise<LinkCheck> => (await checkLinksAndScan(ctx, tutorId, of)).counts;

/** Also returns what the scan of the accounts has found. */
export async function checkLinksAndScan(
  ctx: Context,
  tutorId: string,
  { until }: { until?: Date } = {},
): Promise<{ counts: LinkCheck; scans: GrantScan[] }> {
  const { connection, rooms } = await asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const connection = await connectionOf(trx, tutorId);
    if (!connection || connection.connection_status === "disconnected") throw noVideoProvider();
    const changed = await recordManualEdits(ctx, trx, { tutorId });
    if (changed.size > 0) await ctx.nudge(trx, tutorId);
    return { connection, rooms: await roomsToCheck(trx, { tutorId, now: ctx.clock(), until }) };
  });
  const counts: LinkCheck = { checked: 0, repaired: 0, gone: 0, differs: 0, unknown: 0, strays: 0 };
  const ofProviders = [...Map.groupBy(rooms, (room) => room.provider)];
  await Promise.all(
    ofProviders.map(([provider, list]) => {
      const isKnown = ctx.providers.has(provider);
      const concurrency = isKnown ? ctx.providers.get(provider).budget.concurrency : 1;
      const queue = new PQueue({ concurrency });
      const check = async (room: Meeting) => {
        counts.checked += 1;
        const { found, repaired } = await checkRoom(ctx, room);
        if (found !== "same") counts[found] += 1;
        if (repaired) counts.repaired += 1;
      };
      return queue.addAll(list.map((room) => () => check(room)));
    }),
  );
  await readLicence(ctx, connection);
  const { grants } = await findOrphans(ctx, tutorId);
  const orphans = grants.flatMap((grant) => grant.orphans);
  counts.strays = orphans.filter(({ outcome }) => outcome === "deleting").length;
  ctx.log.info({ tutorId, ...counts }, "Links checked");
  return { counts, scans: grants };
}

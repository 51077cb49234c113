/**
 * The tutor disconnects. Lessons keep their working links, and the grant stays so that their rooms can still
 * be changed and deleted.
 */
import { asPerson, becomeService } from "#lib/platform/db.ts";
import { ownConnection, updateConnection } from "#lib/records/grants/queries.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { noVideoProvider } from "#lib/services/verb/errors.ts";

/** Idempotent. @throws Refusal `no_video_provider` without a connection */
export async function disconnectProvider(ctx: Context, person: Person): Promise<void> {
  await asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const connection = await ownConnection(trx, person.id);
    if (!connection) throw noVideoProvider();
    await becomeService(trx);
    await lockTutor(trx, person.id);
    await updateConnection(trx, person.id, {
      connection_status: "disconnected",
      updated_at: ctx.clock(),
    });
    await ctx.nudge(trx, person.id);
  });
}

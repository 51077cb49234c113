import { asService } from "#lib/platform/db.ts";
import { passcodeOfLesson } from "#lib/services/calls/passcodes.ts";
import { guestsWayIn, recordJoin } from "#lib/services/sessions/wayIn.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { findDoor } from "./findDoor.ts";
import type { EnteredView } from "./views.ts";

/**
 * Leads whoever holds a personal link into the room, after a tap. Only this counts as a join.
 * @throws Refusal `not_found` for a link that we never made, `wrong_state` where it has ended or the room isn't
 *   open, `too_many`
 */
export async function enterDoor(ctx: Context, token: string): Promise<EnteredView> {
  const { session, slot, hasEnded } = await asService(ctx.db, async (trx) => {
    const found = await findDoor(ctx, trx, token);
    await admit(ctx, trx, "door", `${found.session.id} ${found.slot}`);
    return found;
  });
  if (hasEnded) throw new Refusal("wrong_state", "doorEnded");
  const url = guestsWayIn(ctx, session);
  if (url === null) throw new Refusal("wrong_state", "doorClosed");
  await recordJoin(ctx, session, {
    personId: null,
    asGuardian: slot !== "student",
  });
  return { url, passcode: await passcodeOfLesson(ctx, session.id) };
}

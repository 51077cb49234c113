import { asService, type Trx } from "#lib/platform/db.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { lockSession } from "#lib/records/sessions/queries.ts";
import { isOpen, type Session } from "#lib/records/sessions/rules.ts";
import {
  type Asker,
  askInput,
  keepRequest,
  withdrawFrom,
} from "#lib/services/sessions/askForTime.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { findDoor } from "./findDoor.ts";

/**
 * Whoever holds a personal link asks for another time of its lesson, after a tap.
 * @throws Refusal `not_found` for a link that we never made, `wrong_state` where it has ended or the lesson is no longer
 *   ahead, and as `keepRequest`
 */
export function askAtDoor(ctx: Context, token: string, body: unknown): Promise<void> {
  const asked = parseInput(askInput, body);
  return atDoor(ctx, token, (trx, session, asker) =>
    keepRequest(ctx, trx, session, { asker, asked }),
  );
}

/** Takes back what was asked for by the same person's link. @throws Refusal as `askAtDoor` */
export const withdrawAtDoor = (ctx: Context, token: string): Promise<void> =>
  atDoor(ctx, token, (trx, session, asker) => withdrawFrom(ctx, trx, session, asker));

function atDoor(
  ctx: Context,
  token: string,
  work: (trx: Trx, session: Session, asker: Asker) => Promise<void>,
): Promise<void> {
  return asService(ctx.db, async (trx) => {
    const { session: found, slot, hasEnded } = await findDoor(ctx, trx, token);
    if (hasEnded) throw new Refusal("wrong_state", "doorEnded");
    await lockTutor(trx, found.tutor_id);
    const session = await lockSession(trx, found.id);
    if (!session) throw notFound("door");
    if (!isOpen(session.status)) {
      throw new Refusal("wrong_state", `lessonIs.${session.status}`);
    }
    await work(trx, session, slot === "student" ? "student" : "guardian");
  });
}

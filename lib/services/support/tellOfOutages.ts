/** Tells tutors of an outage, and of its end, those with the soonest lesson first. */
import { asService } from "#lib/platform/db.ts";
import { ROUND_SECONDS } from "#lib/platform/patience.ts";
import { concernedTutors } from "#lib/records/outages/queries/concerned.ts";
import { nextTurns, recordTurn, type Turn, takeTurn } from "#lib/records/outages/queries.ts";
import { mailOutage, mailOutageOver } from "#lib/services/telling/providerMails.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";
import { hoursOf } from "./readOutage.ts";

/**
 * So many in each round, of which there is one a minute: a mail server takes as many without holding others' mails up, and
 * not everybody begins to move at once.
 */
const AT_A_TIME = 100;

/** Idempotent: each is told once, whichever process does it. */
export async function tellOfOutages(ctx: Context): Promise<void> {
  const turns = await asService(ctx.db, (trx) => nextTurns(trx, AT_A_TIME));
  const round = {
    what: "a tutor told of an outage",
    nameOf: ({ outage_id, tutor_id }: Turn) => `${outage_id} ${tutor_id}`,
    seconds: ROUND_SECONDS,
  };
  await oneByOne(ctx, turns, round, (turn) => tell(ctx, turn));
}

const tell = (ctx: Context, { tutor_id: tutorId, ...of }: Turn) =>
  asService(ctx.db, async (trx) => {
    const turn = await takeTurn(trx, { ...of, tutor_id: tutorId });
    if (!turn) return;
    const now = ctx.clock();
    if (turn.isOver) {
      await mailOutageOver(ctx, trx, turn, tutorId);
      await recordTurn(trx, turn, { over_told_at: now });
      return;
    }
    // Whoever has moved by now, or has no lesson there any more, has nothing to do.
    const [concerned] = await concernedTutors(trx, { ...hoursOf(ctx, turn.provider), tutorId });
    if (!concerned) return recordTurn(trx, turn, { looked_at: now });
    const mailId = await mailOutage(ctx, trx, turn, concerned);
    return recordTurn(trx, turn, { looked_at: now, told_at: now, mail_id: mailId });
  });

import PQueue from "p-queue";
import { addMinutes, addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { LINKS_RUN_SECONDS } from "#lib/platform/patience.ts";
import { connectedTutorsWithLessons } from "#lib/records/sessions/queries/soon.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { checkLinks } from "./checkLinks.ts";

const SOON_MINUTES = 24 * 60;
const TUTORS_AT_A_TIME = 4;

/** Checks the links of all lessons that begin within a day, for every tutor whose provider is connected. */
export async function checkSoonLinks(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const until = addMinutes(now, SOON_MINUTES);
  const tutorIds = await asService(ctx.db, (trx) => connectedTutorsWithLessons(trx, now, until));
  const end = addSeconds(now, LINKS_RUN_SECONDS);
  const queue = new PQueue({ concurrency: TUTORS_AT_A_TIME });
  await queue.addAll(
    tutorIds.map((tutorId) => async () => {
      if (ctx.clock() >= end) return;
      try {
        await checkLinks(ctx, tutorId, { until });
      } catch (error) {
        // One tutor's failure must not keep the others from being checked. It is tried again in an hour.
        ctx.log.error({ tutorId, err: error }, "Links could not be checked");
      }
    }),
  );
}

/** The jobs that need more than one verb: which verbs run, in which order, and who is nudged next. */

import { ROUND_SECONDS } from "#lib/platform/patience.ts";
import { keepGrantsWarm } from "#lib/services/calls/keepWarm.ts";
import { erasePasscodes } from "#lib/services/calls/passcodes.ts";
import { removeUnconfirmed } from "#lib/services/people/unconfirmed.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { unsettledTutors } from "#lib/services/reconcile/sweep.ts";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { lookAtProviders } from "#lib/services/support/lookAtProviders.ts";
import { tellOfOutages } from "#lib/services/support/tellOfOutages.ts";
import { eraseMailTexts } from "#lib/services/telling/eraseMailTexts.ts";
import { notifyEverybody, notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { forgetOldUses } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { oneByOne } from "#lib/services/verb/oneByOne.ts";

export interface Nudges {
  tutor(id: string): Promise<unknown>;
  mail(): Promise<unknown>;
}

/** One run for one tutor. */
export async function workForTutor(ctx: Context, tutorId: string, nudge: Nudges): Promise<void> {
  const { nextAt } = await reconcile(ctx, tutorId);
  await notifyPeople(ctx, tutorId);
  if (nextAt && nextAt <= ctx.clock()) await nudge.tutor(tutorId);
}

/**
 * The work that is due each minute, for all tutors together. The parts are independent, so each one is done
 * even if one before it has failed. Otherwise a verb that fails each minute would keep all later ones from
 * ever running.
 * @throws the first failure, after the last part
 */
export async function everyMinute(ctx: Context, nudge: Nudges): Promise<void> {
  const parts: Record<string, () => Promise<unknown>> = {
    "lessons' states": () => advanceSessions(ctx),
    "unsettled tutors": async () => {
      const round = { what: "a nudge", nameOf: String, seconds: ROUND_SECONDS };
      await oneByOne(ctx, await unsettledTutors(ctx), round, (tutorId) => nudge.tutor(tutorId));
    },
    "news of rooms": () => notifyEverybody(ctx),
    reminders: () => remindPeople(ctx),
    "accounts that nobody confirmed": () => removeUnconfirmed(ctx),
    "uses that count no more": () => forgetOldUses(ctx),
    mails: () => nudge.mail(),
    "mails' texts": () => eraseMailTexts(ctx),
    "passcodes of rooms that are over": () => erasePasscodes(ctx),
    "tutors told of an outage": () => tellOfOutages(ctx),
    // These two call providers, so whatever waits for them is behind a slow one.
    "providers that answer nobody": () => lookAtProviders(ctx),
    "connections kept warm": () => keepGrantsWarm(ctx),
  };
  const failures: unknown[] = [];
  for (const [part, work] of Object.entries(parts)) {
    await work().catch((error: unknown) => {
      ctx.log.error({ part, err: error }, "A part of the minute's work failed; it is tried again");
      failures.push(error);
    });
  }
  if (failures.length > 0) throw failures[0];
}

/** What runs all the time whether or not anything is due, and what one person asks for. */

import { asService } from "#lib/platform/db.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { keepGrantsWarm } from "#lib/services/calls/keepWarm.ts";
import { erasePasscodes } from "#lib/services/calls/passcodes.ts";
import { removeUnconfirmed } from "#lib/services/people/unconfirmed.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { dueTutors, unsettledTutors } from "#lib/services/reconcile/sweep.ts";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { shownSessions } from "#lib/services/sessions/shownSessions.ts";
import { recentTroubles } from "#lib/services/support/recentTroubles.ts";
import { videoSetup } from "#lib/services/switching/videoSetup.ts";
import { eraseMailTexts } from "#lib/services/telling/eraseMailTexts.ts";
import { notifyEverybody, notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { forgetOldUses } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { createMetrics } from "#server/metrics/metrics.ts";

export interface Asker {
  tutor: Person;
  student: Person;
  admin: Person;
  /** One of theirs that is over. */
  lessonId: string;
}

const metrics = createMetrics();
const upcoming = { view: "upcoming", from: null, until: null, week: null } as const;

export const verbs: Record<string, (ctx: Context, asker: Asker) => Promise<unknown>> = {
  "the sweep of each second": (ctx) => dueTutors(ctx),
  "the sweep of each minute": (ctx) => unsettledTutors(ctx),
  "doors and ends": (ctx) => advanceSessions(ctx),
  "news of rooms": (ctx) => notifyEverybody(ctx),
  reminders: (ctx) => remindPeople(ctx),
  "accounts that nobody confirmed": (ctx) => removeUnconfirmed(ctx),
  "uses that count no more": (ctx) => forgetOldUses(ctx),
  "mails' texts": (ctx) => eraseMailTexts(ctx),
  "passcodes of rooms that are over": (ctx) => erasePasscodes(ctx),
  "connections kept warm": (ctx) => keepGrantsWarm(ctx),
  metrics: (ctx) => metrics.text(ctx),
  "support's first page": (ctx, { admin }) => recentTroubles(ctx, admin),
  "future lessons of a tutor": (ctx, { tutor }) =>
    asService(ctx.db, (trx) => futureSessions(trx, tutor.id, ctx.clock())),
  "a run for a tutor": (ctx, { tutor }) => reconcile(ctx, tutor.id),
  "news of a tutor's rooms": (ctx, { tutor }) => notifyPeople(ctx, tutor.id),
  "a tutor's lessons": (ctx, { tutor }) => shownSessions(ctx, tutor, upcoming),
  "a student's lessons": (ctx, { student }) => shownSessions(ctx, student, upcoming),
  "a tutor's lessons by API": (ctx, { tutor }) => listSessions(ctx, tutor),
  "a tutor's bookings": (ctx, { tutor }) => listBookings(ctx, tutor),
  "video setup": (ctx, { tutor }) => videoSetup(ctx, tutor),
  "a join": (ctx, { student, lessonId }) => joinSession(ctx, student, lessonId),
};

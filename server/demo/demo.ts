/**
 * The first start's demo: made by the same verbs that people's clicks run, through the stand-ins, so
 * nothing in it is a state that the app couldn't reach by itself. Past lessons are made with the clock
 * set back.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { personById } from "#lib/records/people/queries.ts";
import { acceptBooking } from "#lib/services/acceptBooking.ts";
import { advanceSessions } from "#lib/services/advanceSessions.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/authorize.ts";
import { cancelSession } from "#lib/services/cancelSession.ts";
import type { Context, Person } from "#lib/services/context.ts";
import { reconcile } from "#lib/services/reconcile.ts";
import { requestBooking } from "#lib/services/requestBooking.ts";
import type { Runtime } from "#server/runtime.ts";
import {
  DEMO_PASSWORD,
  type DemoBooking,
  type DemoPerson,
  futureBookings,
  newTutor,
  openRequests,
  pastBookings,
  students,
  tutor,
} from "./cast.ts";

const PROVIDER = "zoom";

/** Only where nobody has signed up yet and the provider is a stand-in. */
export async function makeDemo(runtime: Runtime): Promise<void> {
  const { auth } = runtime;
  // Some fifty lessons made one after the other would bury the lines that say where to look.
  const ctx: Context = {
    ...runtime.ctx,
    log: runtime.ctx.log.child({ demo: true }, { level: "error" }),
  };
  if (!ctx.providers.has(PROVIDER) || !ctx.providers.isLocal(PROVIDER)) return;
  const anybody = await asService(ctx.db, (trx) =>
    trx.selectFrom("people").select("id").limit(1).executeTakeFirst(),
  );
  if (anybody) return;
  runtime.ctx.log.info("Making the demo: a tutor with lessons on Zoom, and a dozen students");

  const signUp = (person: DemoPerson) => signUpDemo(ctx, auth, person);
  const tara = await signUp(tutor);
  await signUp(newTutor);
  const cast: Person[] = [];
  for (const person of students) cast.push(await signUp(person));

  await consent(ctx, tara);
  const now = ctx.clock();
  for (const booking of pastBookings(now)) {
    const then: Context = { ...ctx, clock: () => addMinutes(booking.startsAt, -24 * 60) };
    await book(then, tara, cast, booking);
    await reconcile(then, tara.id);
  }
  const made: string[][] = [];
  for (const booking of futureBookings(now)) made.push(await book(ctx, tara, cast, booking));
  for (const request of openRequests(now)) await ask(ctx, tara, cast, request);
  // One weekly lesson called off by each side.
  for (const [index, by] of [
    [2, tara],
    [3, cast[1]],
  ] as const) {
    const session = made[index]?.[1];
    if (session && by) await cancelSession(ctx, by, session);
  }
  await advanceSessions(ctx);
  for (let { nextAt } = await reconcile(ctx, tara.id); nextAt && nextAt <= ctx.clock(); ) {
    ({ nextAt } = await reconcile(ctx, tara.id));
  }
  const shown = [tutor, newTutor, ...students.slice(0, 3)];
  writeFileSync(
    join(ctx.config.dataDir, "demo.json"),
    `${JSON.stringify(
      shown.map(({ role, name, email }) => ({ role, name, email, password: DEMO_PASSWORD })),
      null,
      2,
    )}\n`,
  );
}

async function signUpDemo(
  ctx: Context,
  auth: Runtime["auth"],
  { role, name, email, timeZone }: DemoPerson,
): Promise<Person> {
  const { user } = await auth.api.signUpEmail({
    body: { name, email, password: DEMO_PASSWORD, role, timeZone },
  });
  const row = await asService(ctx.db, (trx) => personById(trx, user.id));
  if (!row) throw new Error(`${email} signed up without becoming a person`);
  return { id: row.id, name, email, role, timeZone };
}

/** The tutor's visit to the consent page, by the form that its buttons send. */
async function consent(ctx: Context, person: Person): Promise<void> {
  const visit = { personId: person.id, browserSessionId: ctx.newId() };
  const redirectUri = `${ctx.config.appUrl}/api/auth/${PROVIDER}/callback`;
  const page = await beginAuthorization(ctx, visit, PROVIDER, redirectUri);
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams({ account: person.email, decision: "allow" }),
    redirect: "manual",
  });
  const back = answer.headers.get("location");
  if (!back) throw new Error(`The consent page answered ${answer.status} without sending back`);
  const params = new URL(back).searchParams;
  await completeAuthorization(ctx, visit, { provider: PROVIDER, params, redirectUri });
}

async function ask(
  ctx: Context,
  tara: Person,
  cast: Person[],
  booking: DemoBooking,
): Promise<string> {
  const student = cast[booking.student];
  if (!student) throw new Error(`The demo has no student ${booking.student}`);
  const { id } = await requestBooking(ctx, student, {
    tutorId: tara.id,
    subject: booking.subject,
    startsAt: booking.startsAt.toISOString(),
    durationMinutes: booking.durationMinutes,
    timeZone: tara.timeZone,
    repeatWeekly: booking.weeks,
  });
  return id;
}

/** @returns the ids of its lessons */
async function book(
  ctx: Context,
  tara: Person,
  cast: Person[],
  booking: DemoBooking,
): Promise<string[]> {
  const id = await ask(ctx, tara, cast, booking);
  const { sessionIds } = await acceptBooking(ctx, tara, id);
  return sessionIds;
}

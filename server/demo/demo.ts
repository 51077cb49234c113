/**
 * The demo of the first start. It is created with the same verbs that people's clicks run, through the
 * stand-ins, so nothing in it is a state that the app couldn't reach by itself. Past lessons are created with
 * the clock set back. Each step first checks whether it was taken already, so the next start completes a demo
 * that an earlier one left half-made.
 */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { allAddresses } from "#lib/records/people/queries.ts";
import { isOpen, type Session } from "#lib/records/sessions/rules.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { listStudents } from "#lib/services/students/listStudents.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import type { Runtime } from "#server/runtime.ts";
import {
  DEMO_PASSWORD,
  futureBookings,
  newTutor,
  openRequests,
  pastBookings,
  students,
  studentsWithoutAccount,
  supporter,
  tutor,
} from "./cast.ts";
import { openDiary, unlessTaken } from "./diary.ts";
import { connectOnce, DEMO_PROVIDER, signUpOnce } from "./people.ts";

const emails = new Set([tutor, newTutor, supporter, ...students].map(({ email }) => email));

/** Creates it only where nobody else has signed up yet and the provider is a stand-in. */
export async function makeDemo(runtime: Runtime): Promise<void> {
  // Log lines about some fifty lessons would bury the lines that show the addresses.
  const ctx: Context = {
    ...runtime.ctx,
    log: runtime.ctx.log.child({ demo: true }, { level: "error" }),
  };
  if (!ctx.providers.has(DEMO_PROVIDER) || !ctx.providers.isLocal(DEMO_PROVIDER)) return;
  // This file is written last, so it also says that everything was created. Where there are no people, the
  // file belongs to an earlier database.
  const signIns = join(ctx.config.dataDir, "demo.json");
  const people = await asService(ctx.db, allAddresses);
  if (people.length > 0 && existsSync(signIns)) return;
  if (people.some(({ email }) => !emails.has(email))) return;
  runtime.ctx.log.info("Making the demo: a tutor with lessons on Zoom, and a dozen students");

  const tara = await signUpOnce(ctx, runtime.auth, tutor);
  await signUpOnce(ctx, runtime.auth, newTutor);
  await signUpOnce(ctx, runtime.auth, supporter);
  const cast: Person[] = [];
  for (const person of students) cast.push(await signUpOnce(ctx, runtime.auth, person));
  await connectOnce(ctx, tara);
  await bookAll(ctx, tara, cast);
  await advanceSessions(ctx);
  for (let { nextAt } = await reconcile(ctx, tara.id); nextAt && nextAt <= ctx.clock(); ) {
    ({ nextAt } = await reconcile(ctx, tara.id));
  }
  writeSignIns(signIns);
}

async function bookAll(ctx: Context, tara: Person, cast: Person[]): Promise<void> {
  const diary = await openDiary(ctx, tara, cast);
  const now = ctx.clock();
  const dayBefore = (firstLesson: Date): Context => ({
    ...ctx,
    clock: () => addMinutes(firstLesson, -24 * 60),
  });
  for (const booking of pastBookings(now)) {
    const [first, ...others] = await diary.book(booking, dayBefore);
    if (first && [first, ...others].some((lesson) => isOpen(lesson.status) && !lesson.meeting_id)) {
      await reconcile(dayBefore(first.scheduled_start_at), tara.id);
    }
  }
  const made: Session[][] = [];
  for (const booking of futureBookings(now)) made.push(await diary.book(booking));
  for (const request of openRequests(now)) await diary.ask(request);
  await writeDown(ctx, tara, now);
  // Each side cancels one weekly lesson.
  for (const [index, by] of [
    [2, tara],
    [3, cast[1]],
  ] as const) {
    const lesson = made[index]?.[1];
    if (lesson && by && isOpen(lesson.status) && lesson.scheduled_start_at > ctx.clock()) {
      await cancelSession(ctx, by, lesson.id);
    }
  }
}

/** The tutor's students without an account, with the lessons that the tutor enters for them. */
async function writeDown(ctx: Context, tara: Person, now: Date): Promise<void> {
  const { items: known } = await listStudents(ctx, tara);
  for (const { subject, startsAt, weeks, ...student } of studentsWithoutAccount(now)) {
    const found = known.find(({ name }) => name === student.name);
    const { id } = found ?? (await addStudent(ctx, tara, student));
    if (found && found.lessonsAhead > 0) continue;
    await unlessTaken(startsAt, (at) =>
      addLessons(ctx, tara, id, {
        subject,
        startsAt: at.toISOString(),
        durationMinutes: 45,
        timeZone: tara.timeZone,
        repeatWeekly: weeks,
      }),
    );
  }
}

/**
 * Writes the file in one step: the next start takes it as the sign that the demo is complete, and prints it.
 */
function writeSignIns(file: string): void {
  const shown = [tutor, newTutor, ...students.slice(0, 3), supporter].map(
    ({ role, name, email }) => ({
      role,
      name,
      email,
      password: DEMO_PASSWORD,
    }),
  );
  writeFileSync(`${file}.new`, `${JSON.stringify(shown, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Works out what would happen if the tutor's lessons moved to a provider now. Changes nothing and calls no
 * provider.
 */
import { asPerson, becomeService, type Trx } from "#lib/platform/db.ts";
import type { Limit, VideoProvider } from "#lib/providers/provider.ts";
import { planOf } from "#lib/records/budgets/queries/plans.ts";
import { takenOfDay } from "#lib/records/budgets/queries.ts";
import { dayLimitsOf } from "#lib/records/budgets/rules.ts";
import { lastAccountAt } from "#lib/records/grants/queries/accounts.ts";
import { secondsEach } from "#lib/records/migrations/queries/pace.ts";
import {
  entrantsOf,
  futureSessionsWithPeople,
  type SessionWithPeople,
} from "#lib/records/sessions/queries.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { type Call, daysFor, secondsFor } from "./preview/forecast.ts";
import { countTooLong } from "./preview/tooLong.ts";
import {
  type MigrationPreview,
  type PreviewLesson,
  type PreviewWeek,
  previewInput,
} from "./previewViews.ts";

/** @throws Refusal `invalid_input` for a provider that this installation has no credentials for */
export async function previewMigration(
  ctx: Context,
  person: Person,
  query: unknown,
): Promise<MigrationPreview> {
  const { provider: id } = parseInput(previewInput, query);
  if (!ctx.providers.has(id)) {
    const provider = ctx.providers.label(id);
    throw new Refusal("invalid_input", "noCredentials", { provider, field: "provider" });
  }
  const provider = ctx.providers.get(id);
  const now = ctx.clock();
  const read = await asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const lessons = await futureSessionsWithPeople(trx, person.id, now);
    const open = lessons.filter(({ status }) => status === "JOIN_OPEN");
    const entrants = await entrantsOf(
      trx,
      open.map((lesson) => lesson.id),
    );
    const pace = await secondsEach(trx, person.id, id);
    // No person may read how much of the limits is used, so the service role reads it, for the tutor's own
    // account only.
    await becomeService(trx);
    await admit(ctx, trx, "preview", person.id);
    const account = await lastAccountAt(trx, person.id, id);
    const tooLong = await countTooLong(trx, provider, account, lessons);
    const limits = await readLimits(trx, account, provider, now);
    return { lessons, open, entrants, pace, tooLong, ...limits };
  });
  const { lessons, limits, pace } = read;
  const days = dayOfEach(lessons, limits, read.taken, now);
  const atOnce = days.filter((day) => day === null).length;
  const seconds =
    pace === null ? secondsFor(atOnce, limits, provider.budget.concurrency) : pace * atOnce;
  return {
    provider: id,
    total: days.filter((day) => day !== "never").length,
    atOnce,
    next: lessons[0] ? toLesson(lessons[0]) : null,
    lastStartsAt: lessons.at(-1)?.scheduled_start_at.toISOString() ?? null,
    seconds: atOnce > 0 ? seconds : null,
    measured: pace !== null,
    undoMinutes: ctx.config.undoWindowMinutes,
    ...dayOf(limits, read.taken),
    week: weekOf(lessons, days),
    waiting: lessons.flatMap((lesson, index) => {
      const until = days[index];
      return until instanceof Date ? { ...toLesson(lesson), until: until.toISOString() } : [];
    }),
    staying: lessons.filter((_, index) => days[index] === "never").length,
    open: read.open.map((lesson) => ({
      ...toLesson(lesson),
      entered: read.entrants.get(lesson.id) ?? 0,
    })),
    tooLong: read.tooLong,
  };
}

/** Reads the limits of the account that the tutor last had there. Of any other account no use is known. */
async function readLimits(
  trx: Trx,
  account: Awaited<ReturnType<typeof lastAccountAt>>,
  provider: VideoProvider,
  now: Date,
) {
  const organisationId = account?.account_organisation_id ?? null;
  const plan = await planOf(trx, provider.id, organisationId);
  const limits = provider.budget.limits(plan);
  const caller = { provider: provider.id, userId: account?.account_user_id ?? "", organisationId };
  const [key = ""] = dayLimitsOf(caller, limits, "create").map((limit) => limit.key);
  const none = { taken: 0, isHeld: false };
  const { taken, isHeld } = account ? await takenOfDay(trx, key, now) : none;
  return { limits, taken: isHeld ? Number.POSITIVE_INFINITY : taken };
}

function dayOf(limits: readonly Limit[], taken: number) {
  const most = dayLimit(limits)?.calls ?? null;
  return { dayLimit: most, dayTaken: most === null ? null : Math.min(most, taken) };
}

const WEEK_MS = 7 * 86_400_000;

function weekOf(lessons: SessionWithPeople[], days: (Date | null | "never")[]): PreviewWeek {
  const end = (lessons[0]?.scheduled_start_at.getTime() ?? 0) + WEEK_MS;
  const week = lessons.filter((lesson) => lesson.scheduled_start_at.getTime() < end);
  return week.map((lesson, index) => ({
    ...toLesson(lesson),
    from: lesson.join_url ? lesson.provider : null,
    becomes: becomes(days[index] ?? null),
    isOpen: lesson.status === "JOIN_OPEN",
  }));
}

function becomes(day: Date | null | "never") {
  if (day === null) return "moves";
  return day === "never" ? "stays" : "waits";
}

const dayLimit = (limits: readonly Limit[]): Limit | undefined =>
  limits.find(({ window, costs }) => window === "utc_day" && costs.create !== undefined);

/** Decides as the worker will: a lesson without a room may use the reserved quota. */
function dayOfEach(
  lessons: SessionWithPeople[],
  limits: readonly Limit[],
  taken: number,
  now: Date,
): (Date | null | "never")[] {
  const limit = dayLimit(limits);
  if (!limit) return lessons.map(() => null);
  const calls = lessons.map((lesson): Call => {
    const reserved = lesson.meeting_id === null;
    return { reserved, until: reserved ? lesson.scheduled_end_at : lesson.scheduled_start_at };
  });
  const { calls: most, reserved = 0, costs } = limit;
  const allowed = (isReserved: boolean) => most - (isReserved ? 0 : reserved);
  return daysFor(calls, { cost: costs.create ?? 0, taken, allowed }, now);
}

const toLesson = (lesson: SessionWithPeople): PreviewLesson => ({
  sessionId: lesson.id,
  subject: lesson.subject,
  student: lesson.student_name,
  startsAt: lesson.scheduled_start_at.toISOString(),
});

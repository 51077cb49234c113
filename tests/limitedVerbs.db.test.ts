/** The verbs with the limits of the table: each is refused beyond it, and nothing that was agreed on ever is. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { type LimitName, limits } from "#lib/records/limits/rules.ts";
import { cancelBooking } from "#lib/services/bookings/cancelBooking.ts";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { updateProfile } from "#lib/services/people/updateProfile.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { checkForTutor } from "#lib/services/support/checkForTutor.ts";
import { retryForTutor } from "#lib/services/support/retryForTutor.ts";
import { searchTutors } from "#lib/services/support/searchTutors.ts";
import { beginAuthorization } from "#lib/services/switching/authorize.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { previewMigration } from "#lib/services/switching/previewMigration.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { retryMigration } from "#lib/services/switching/retryMigration.ts";
import { makeCalendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { readCalendarFeed } from "#lib/services/telling/readCalendarFeed.ts";
import { admitNow } from "#lib/services/verb/admit.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";

const { segue, tutor, student, newest, switchedWithOneFailure, undo } = scene();
const admin = (): Person => ({ ...student, role: "admin" });
let feed = "";

const consent = () =>
  beginAuthorization(segue.ctx, segue.visit(tutor), "zoom", redirectUri("zoom"));

const verbs: [string, LimitName, () => Person, () => Promise<unknown>][] = [
  ["a way to the consent page", "consent", () => tutor, consent],
  ["a refresh", "refresh", () => tutor, () => refreshSessionLinks(segue.ctx, tutor)],
  ["a retry", "retry", () => tutor, async () => retryMigration(segue.ctx, tutor, await newest())],
  ["a check", "check", () => tutor, () => checkOwnLinks(segue.ctx, tutor)],
  [
    "a preview",
    "preview",
    () => tutor,
    () => previewMigration(segue.ctx, tutor, { provider: "zoom" }),
  ],
  ["a new feed", "newFeed", () => tutor, () => makeCalendarFeed(segue.ctx, tutor)],
  ["a reading of the feed", "feed", () => tutor, () => readCalendarFeed(segue.ctx, feed)],
  ["a new name", "profile", () => tutor, () => updateProfile(segue.ctx, tutor, { name: "Tara" })],
  [
    "a preference",
    "preferences",
    () => tutor,
    () => updatePreferences(segue.ctx, tutor, { remindDay: true }),
  ],
  ["support's check", "check", admin, () => checkForTutor(segue.ctx, admin(), tutor.id)],
  ["support's search", "search", admin, () => searchTutors(segue.ctx, admin(), "anybody")],
  ["support's retry", "retry", admin, () => retryForTutor(segue.ctx, admin(), tutor.id)],
];

test.each(verbs)(
  "%s is refused beyond the table, until there is room",
  async (_, name, who, verb) => {
    await switchedWithOneFailure();
    const made = await makeCalendarFeed(segue.ctx, tutor);
    feed = /([\w-]+)\.ics$/.exec(made.url)?.[1] ?? "";
    segue.clock.advance({ hours: 1 });
    const [{ most, seconds }] = limits[name].windows;
    await admitNow(segue.ctx, name, who().id);
    await segue.rows(`insert into limited_uses (rule, whose, used_at, counts_until)
    select rule, whose, used_at, counts_until
      from (select * from limited_uses order by used_at desc, ctid desc limit 1) n, generate_series(1, ${most - 2})`);
    expect(await refusal(verb())).toMatchObject({ code: "done" });
    expect(await refusal(verb())).toMatchObject({ code: "too_many" });
    // Another person's pressing is nobody else's.
    await admitNow(segue.ctx, name, (await segue.person("tutor")).id);
    segue.clock.advance({ seconds });
    expect(await refusal(verb())).not.toMatchObject({ code: "too_many" });
  },
);

test("a refresh that has nothing to do, or joins the one under way, isn't counted", async () => {
  const { most } = limits.refresh.windows[0];
  await segue.connect(tutor, "zoom");
  for (let times = 0; times <= most; times++) await refreshSessionLinks(segue.ctx, tutor);
  await segue.lessons(tutor, student, 1);
  expect(await refusal(refreshSessionLinks(segue.ctx, tutor))).toMatchObject({ code: "done" });
});

test("a whole school day of lessons passes, with every move and switch that comes up", {
  tags: "whole",
}, async () => {
  await segue.connect(tutor, "zoom");
  const day = new Date(segue.clock().getTime() + 86_400_000);
  const lessons: { id: string; pupil: Person; startsAt: Date }[] = [];
  for (let index = 0; index < 10; index++) {
    const pupil =
      index % 4 === 0 ? await segue.person("student") : (lessons.at(-1)?.pupil as Person);
    const startsAt = addMinutes(day, 60 * index);
    for (const id of await segue.book(tutor, pupil, { startsAt })) {
      lessons.push({ id, pupil, startsAt });
    }
  }
  await segue.work();
  for (let round = 0; round < 3; round++) {
    for (const { id, startsAt } of lessons) {
      const to = addMinutes(startsAt, 5 * (round % 2)).toISOString();
      await rescheduleSession(segue.ctx, tutor, id, { startsAt: to });
    }
    await refreshSessionLinks(segue.ctx, tutor);
    await segue.connect(tutor, round % 2 === 0 ? "google_meet" : "zoom");
    await segue.work();
    await undo();
    await checkOwnLinks(segue.ctx, tutor);
  }
  for (const { id, pupil } of lessons) {
    for (let times = 0; times < 6; times++) await joinSession(segue.ctx, pupil, id);
  }
  for (const { id, pupil } of lessons.slice(6)) await cancelSession(segue.ctx, pupil, id);
  await disconnectProvider(segue.ctx, tutor);
  const [booking] = await segue.rows(
    `select id from bookings where tutor_id = '${tutor.id}' order by starts_at limit 1`,
  );
  await cancelBooking(segue.ctx, lessons[0]?.pupil as Person, String(booking?.id));
});

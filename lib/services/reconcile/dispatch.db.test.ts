/** Which lesson's call comes next, and that none waits for the slowest of those under way. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { scene } from "#tests/harness/scene.ts";
import type { SeenCall } from "#tests/harness/watch.ts";

const { segue, tutor, student, rooms } = scene();

/** How many calls an account begins with. */
const START = 4;
const DAY = 24 * 60;

/**
 * What happens once so many calls of this kind have left. Later ones leave afterwards. A second passes with each of
 * them, and with what happens.
 * @returns all calls in the order in which they leave
 */
function after(count: number, method: string, then: () => Promise<unknown>): SeenCall[] {
  const left: SeenCall[] = [];
  let happened: Promise<unknown> = Promise.resolve();
  segue.onCall = async (call) => {
    if (call.phase !== "before") return;
    left.push(call);
    if (call.method !== method) return;
    segue.clock.advance({ seconds: 1 });
    if (left.filter((one) => one.method === method).length === count) {
      happened = then().then(() => segue.clock.advance({ seconds: 1 }));
    }
    await happened;
  };
  return left;
}

const bookSooner = () =>
  segue.book(tutor, student, { subject: "Sooner", startsAt: addMinutes(segue.clock(), 3 * 60) });

test("a lesson that is booked behind many others is called for when the next call ends", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 20, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  const left = after(2, "createMeeting", bookSooner);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  // Before it leave those that were on their way while it was booked, and one that had its permit.
  const creates = left.filter(({ method }) => method === "createMeeting");
  const place = creates.findIndex(({ title }) => title?.startsWith("Sooner"));
  expect(place).toBeGreaterThan(0);
  expect(place).toBeLessThanOrEqual(2 * START);
});

test("a lesson that is booked while old rooms are deleted doesn't wait for the last of them", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 16, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const left = after(2, "deleteMeeting", bookSooner);
  await segue.later({ minutes: 61 });
  const methods = left.map(({ method }) => method);
  const deletesAfter = methods
    .slice(methods.indexOf("createMeeting"))
    .filter((one) => one === "deleteMeeting");
  expect(methods.filter((one) => one === "createMeeting")).toHaveLength(1);
  expect(deletesAfter.length).toBeGreaterThan(4);
});

test("old rooms are deleted with as many calls at once as their account takes, whatever the new one takes", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 24, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  // All is answered, so that account may be called more and more.
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.settings({
    answersTakeMs: { delete: 30 },
    mostAtOnce: 2,
    beyondThat: "refused",
  });
  await segue.standIns.forgetCalls();
  await segue.later({ minutes: 61 });
  await segue.standIns.settings({ answersTakeMs: {}, mostAtOnce: null });
  const deletes = await segue.standIns.calls("delete");
  const refused = deletes.filter(({ status }) => status !== 204);
  expect(deletes.length - refused.length).toBe(24);
  // The first that were too many, and a few probes.
  expect(refused.length).toBeLessThanOrEqual(5);
});

test("new rooms don't wait for new tokens of the account that old rooms are deleted at", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 12, { startsAt: addMinutes(segue.clock(), 2 * DAY) });
  await segue.connect(tutor, "google_meet");
  await segue.work();
  segue.clock.advance({ minutes: 61 });
  await segue.standIns.faults(
    { provider: "zoom", operation: "delete", effect: "token_refused" },
    { provider: "zoom", operation: "refresh", effect: "hold_before" },
  );
  let made = 0;
  segue.onCall = async ({ method, phase }) => {
    if (method === "createMeeting" && phase === "after" && ++made === 12)
      await segue.standIns.faults();
  };
  await refreshSessionLinks(segue.ctx, tutor);
  await segue.work();
  segue.onCall = null;
  expect((await rooms()).filter((room) => room === "google_meet live")).toHaveLength(12);
});

test("a provider that answers is up, also where the answer can't be written into the lesson", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.book(tutor, student, { subject: "Poison" });
  const at = new Date(segue.clock().getTime() - 1_000).toISOString();
  await segue.rows(`create function poison() returns trigger language plpgsql as
    $$ begin if new.state = 'live' then raise 'poisoned'; end if; return new; end $$`);
  await segue.rows(
    "create trigger poison before update on meetings for each row execute function poison()",
  );
  await segue.rows(`insert into provider_circuits (provider, operation, failures, failed_by, open_until)
    values ('google_meet', 'all', 6, gen_random_uuid(), '${at}')`);
  await segue.work();
  await segue.rows("drop function poison cascade");
  expect(await segue.standIns.calls("create")).not.toEqual([]);
  expect(await segue.rows("select failures, probe_until from provider_circuits")).toEqual([
    { failures: 0, probe_until: null },
  ]);
  await segue.later({ minutes: 1 });
  expect(await rooms()).toEqual(["google_meet live"]);
});

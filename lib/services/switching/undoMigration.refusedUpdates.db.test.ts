/** What a provider refused to be told of a room isn't forgotten while the room is replaced. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { roomsOf } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, undo } = scene();

test("a room that was refused its lesson's new time is told it again once an undo has brought it back", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "google", operation: "update", effect: "forbidden" });
  const startsAt = addMinutes(segue.clock(), 3 * 24 * 60);
  await rescheduleSession(segue.ctx, tutor, id, { startsAt: startsAt.toISOString() });
  await segue.work();
  await segue.standIns.faults();
  await segue.connect(tutor, "zoom");
  await undo();
  await segue.work();
  const [room] = (await roomsOf(segue, tutor)).filter(({ provider }) => provider === "google_meet");
  // Providers keep whole seconds.
  const apartMs = Math.abs(Date.parse(room?.start ?? "") - startsAt.getTime());
  expect(apartMs).toBeLessThan(1000);
});

test("a room whose repair was refused is repaired once an undo has brought it back", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  const { access, provider } = await openGrant(segue.ctx, row?.grant_id ?? "");
  await provider.updateMeeting(access, row?.external_id ?? "", {
    title: "Written by hand",
    startsAt: row?.starts_at ?? segue.clock(),
    durationMinutes: row?.duration_minutes ?? 0,
    timeZone: "Etc/UTC",
  });
  await segue.standIns.faults({ provider: "zoom", operation: "update", effect: "forbidden" });
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ differs: 1 });
  await segue.work();
  await segue.standIns.faults();
  await segue.connect(tutor, "google_meet");
  await undo();
  await segue.work();
  const [room] = (await roomsOf(segue, tutor)).filter((one) => one.provider === "zoom");
  expect(room?.title).toBe(row?.title);
});

test("odd refusals of a room's update don't count for what is asked of it once it is replaced", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  await segue.rows(`update meetings set refused_since = now(), error_code = 'refused'
    where tutor_id = '${tutor.id}' returning id`);
  await segue.connect(tutor, "zoom");
  await segue.work();
  expect((await segue.ledger(tutor)).map((row) => row.refused_since)).toEqual([null, null]);
});

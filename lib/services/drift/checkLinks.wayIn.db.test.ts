/** What checks make of a way in that comes back otherwise, in a room of Zoom's that its host may have changed. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import {
  betweenCalls,
  isCreate,
  isReading,
  rewritten,
  type Sent,
} from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";
import { checkOwnLinks } from "./checkLinks.ts";
import { handleChangedRoom } from "./handleProviderEvent.ts";

const { segue, tutor, student, session } = scene();
const { between } = betweenCalls();

interface Body {
  join_url: string;
  password?: unknown;
  start_time?: unknown;
}

test("a room that its host gave no fixed time keeps its way in up to date, and is asked about once", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: inDays(3) });
  const readings = answerReadings(isReading, ({ start_time: _, ...body }) => ({
    ...body,
    type: 3,
    join_url: body.join_url.replace(/pwd=.*/, "pwd=NEW.1"),
    password: "newone",
  }));
  await report();
  await hours(6);
  expect((await session())?.join_url).toContain("NEW.1");
  expect(readings.count).toBeLessThan(3);
});

test("a room that nobody can read is asked about more and more rarely, and at last not at all", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: inDays(9) });
  const before = await session();
  const readings = answerReadings(isReading, () => ({}));
  await report();
  await hours(20);
  expect(readings.count).toBe(6);
  await hours(6);
  expect(readings.count).toBe(6);
  expect(await session()).toEqual(before);
  await report();
  expect(readings.count).toBe(7);
});

test("a link without its pwd, where nothing is said of a passcode, replaces no link that is enough", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  answerReadings(isReading, ({ password: _, ...body }) => ({ ...body, ...bare(body) }));
  expect(await checkOwnLinks(segue.ctx, tutor)).toMatchObject({ differs: 0, unknown: 0 });
  expect(await doorOf(id)).toMatchObject({ kind: "open", url: expect.stringContaining("pwd=") });
});

test("a passcode that comes as a number is one that people are shown", async () => {
  await segue.connect(tutor, "zoom");
  answerReadings(
    (sent) => isCreate(sent) || isReading(sent),
    (body) => ({ ...body, ...bare(body), password: 482_913 }),
  );
  const [id = ""] = await segue.lessons(tutor, student, 1);
  await checkOwnLinks(segue.ctx, tutor);
  expect(await doorOf(id)).not.toMatchObject({ kind: "open" });
});

const inDays = (days: number) => addMinutes(segue.clock(), days * 1_440);
const bare = ({ join_url: link }: Body) => ({ join_url: link.split("?")[0] });

async function report(): Promise<void> {
  const externalId = (await session())?.meeting_external_id ?? "";
  await handleChangedRoom(segue.ctx, "zoom", { externalId, said: null });
  await segue.work();
}

async function hours(count: number): Promise<void> {
  for (let minutes = 0; minutes < count * 60; minutes += 20) await segue.later({ minutes: 20 });
}

/** What a student meets a minute before the lesson. */
async function doorOf(id: string) {
  const startsAt = (await session())?.scheduled_start_at ?? segue.clock();
  segue.clock.set(addMinutes(startsAt, -1));
  return joinSession(segue.ctx, student, id);
}

function answerReadings(of: (sent: Sent) => boolean, change: (body: Body) => object) {
  const readings = { count: 0 };
  between(async (sent, pass) => {
    const answer = await pass();
    if (!of(sent) || !answer.ok) return answer;
    readings.count += 1;
    return rewritten(answer, change);
  });
  return readings;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";

const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const manyReads = async () => {
  const { access_token } = await sandbox.signIn("google", "demo.one@example.com");
  const events = `${sandbox.env("GOOGLE_API_URL")}/calendar/v3/calendars/primary/events`;
  const read = () => sandbox.request(events, { headers: withBearer(access_token) });
  return Promise.all(Array.from({ length: 6 }, read));
};

test("of an account's calls beyond so many at once each is refused, and later ones aren't", async () => {
  await sandbox.settings({ answersTakeMs: { list: 200 }, mostAtOnce: 4 });
  const statuses = (await manyReads()).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 200, 403, 403]);
  await sandbox.settings({ answersTakeMs: {} });
  const [again] = await manyReads();
  expect(again?.status).toBe(200);
});

test("or all of them are answered, and more slowly", async () => {
  await sandbox.settings({ answersTakeMs: { list: 20 }, mostAtOnce: 1, beyondThat: "slower" });
  const begun = performance.now();
  const statuses = (await manyReads()).map(({ status }) => status);
  expect(statuses).toEqual(Array(6).fill(200));
  expect(performance.now() - begun).toBeGreaterThan(6 * 20);
});

import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { TestSandbox, withBearer } from "#sandbox/testing.ts";

const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));
let token = "";

beforeAll(async () => {
  await sandbox.start();
  token = (await sandbox.signIn("zoom", "demo.one@example.com")).access_token;
});
afterAll(() => sandbox.end());
afterEach(async () => {
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
});

const create = (topic: string) =>
  sandbox.send(
    "POST",
    `${sandbox.env("ZOOM_API_URL")}/users/me/meetings`,
    { topic, type: 2, start_time: "2026-12-01T10:00:00Z", duration: 30 },
    withBearer(token),
  );
const titles = async () => {
  const state = await sandbox.request(`${sandbox.url}/control/state`);
  return (state.json.zoom as { meetings: { title: string }[] }).meetings.map((m) => m.title);
};

test("a switch meets the titles it names and no others, as often as it says", async () => {
  await sandbox.faults({
    provider: "zoom",
    operation: "create",
    titleIncludes: "Algebra",
    times: 2,
    effect: "unavailable",
  });
  const statuses = [];
  for (const topic of ["Algebra I", "Music", "Algebra II", "Algebra III"]) {
    statuses.push((await create(topic)).status);
  }
  expect(statuses).toEqual([503, 201, 503, 201]);
});

test.each(["90", "Fri, 20 Nov 2026 09:01:30 GMT"])(
  "a refusal names the time that its switch names (%s), at the token endpoint too",
  async (retryAfter) => {
    const effect = "unavailable";
    await sandbox.faults(
      { provider: "zoom", operation: "create", effect, retryAfter },
      { provider: "zoom", operation: "refresh", effect, retryAfter },
      { provider: "google", operation: "refresh", effect: "rate_limited", retryAfter },
    );
    const answers = [
      await create("Later"),
      await sandbox.refresh("zoom", "any"),
      await sandbox.refresh("google", "any"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 429]);
    expect(answers.map(({ headers }) => headers.get("retry-after"))).toEqual(
      Array(3).fill(retryAfter),
    );
  },
);

test("a held call goes on when the switches are cleared, and not before", async () => {
  await sandbox.faults({ provider: "zoom", operation: "create", effect: "hold_after_write" });
  let answered = false;
  const held = create("Held").then((got) => {
    answered = true;
    return got;
  });
  await expect.poll(titles).toContain("Held");
  expect(answered).toBe(false);
  await sandbox.send("DELETE", `${sandbox.url}/control/faults`);
  expect((await held).status).toBe(201);
});

test("a connection cut before the write leaves nothing behind", async () => {
  await sandbox.faults({ provider: "zoom", operation: "create", effect: "cut_before" });
  await expect(create("Never")).rejects.toThrow("fetch failed");
  expect(await titles()).not.toContain("Never");
});

test("an unknown effect is refused by name, and the switches stay as they were", async () => {
  const fault = { provider: "zoom", operation: "create", effect: "explode" };
  const got = await sandbox.send("PUT", `${sandbox.url}/control/faults`, [fault]);
  expect(got.status).toBe(400);
  expect((await sandbox.request(`${sandbox.url}/control/faults`)).text).toBe("[]");
});

/** @module-tag whole */
import { expect, test } from "vitest";
import { examineTutor } from "#lib/services/support/examineTutor.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection } = scene();

test.each([
  ["zoom", "refresh_dead_4711"],
  ["zoom", "refresh_dead_4735"],
  ["zoom", "refresh_dead_4738"],
  ["zoom", "refresh_dead_4741"],
  ["google_meet", "refresh_dead_invalid_rapt"],
] as const)(
  "a dead grant of %s is to be renewed at once, in whatever words (%s)",
  async (id, effect) => {
    await meeting(id, effect);
    expect(await connection()).toMatchObject({
      connection_status: "needs_reconnect",
      error_code: "grant_revoked",
    });
  },
);

test.each(["zoom", "google_meet"] as const)(
  "a refusal of %s in unknown words is believed once it has lasted, and not before",
  async (id) => {
    await meeting(id, "unknown_refusal");
    for (let minute = 0; minute < 50; minute += 5) await segue.later({ minutes: 5 });
    expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
    for (let minute = 0; minute < 20; minute += 5) await segue.later({ minutes: 5 });
    expect(await connection()).toMatchObject({
      connection_status: "needs_reconnect",
      error_code: "grant_revoked",
      error_detail: "This consent is of an older kind.",
    });
  },
);

test("a refusal in unknown words that ends in time leaves nothing behind", async () => {
  await meeting("zoom", "unknown_refusal");
  for (let minute = 0; minute < 40; minute += 5) await segue.later({ minutes: 5 });
  await segue.standIns.faults();
  for (let minute = 0; minute < 15; minute += 5) await segue.later({ minutes: 5 });
  await expectInOrder(segue, tutor);
  expect(await connection()).toMatchObject({ refresh_refusals: 0, refresh_refused_since: null });
});

test.each(["not_json", "error_with_200"] as const)(
  "a success that holds no tokens (%s) ends no connection, and many of them are a finding",
  async (effect) => {
    await meeting("zoom", effect);
    for (let minute = 0; minute < 55; minute += 5) await segue.later({ minutes: 5 });
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    const { checks } = await examineTutor(segue.ctx, tutor.id);
    expect(checks[0]).toMatchObject({
      state: "bad",
      findings: [{ code: "refresh_failing", count: expect.any(Number) }],
    });
    await segue.standIns.faults();
    await segue.later({ minutes: 6 });
    await expectInOrder(segue, tutor);
  },
);

test("tokens with an absurd lifetime are kept, since the exchange ended those before them", async () => {
  await meeting("zoom", "odd_lifetime");
  await expectInOrder(segue, tutor);
  const ends = (await connection())?.access_token_expires_at as Date;
  expect(ends.getTime() - segue.clock().getTime()).toBeLessThanOrEqual(86_400_000);
});

/** Books a lesson whose room needs new tokens, which meet `effect`. */
async function meeting(provider: "zoom" | "google_meet", effect: string): Promise<void> {
  await segue.connect(tutor, provider);
  await segue.later({ minutes: 70 });
  const operation = "refresh";
  const at = provider === "zoom" ? "zoom" : "google";
  await segue.standIns.faults({ provider: at, operation, effect } as never);
  await segue.lessons(tutor, student, 1);
}

/** @module-tag whole */
import { beforeEach, expect, test } from "vitest";
import { betweenCalls, isRefresh, json } from "#tests/harness/middleman.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection } = scene();
const { between, aside } = betweenCalls();
beforeEach(async () => {
  await segue.rows("delete from operator_troubles returning 1");
});

test.each([
  ["zoom", 404, { message: "no Route matched with those values" }],
  ["zoom", 403, { error: "Forbidden" }],
  ["zoom", 400, { error: "temporarily_unavailable", reason: "Service temporarily unavailable" }],
  ["zoom", 401, { message: "The security token included in the request is expired" }],
  ["google_meet", 403, { error: "rate_limit_exceeded", error_description: "Slow down." }],
  ["google_meet", 400, { error: "temporarily_unavailable" }],
  ["google_meet", 404, { error: "Not Found" }],
] as const)(
  "hours of a gateway before %s's token endpoint (%i %j) end no grant",
  async (id, status, body) => {
    await needsTokens(id);
    between((sent, go) => (isRefresh(sent) ? json(status, body) : go()));
    await segue.lessons(tutor, student, 1, { startsAt: inDays(9) });
    for (let minutes = 0; minutes < 90; minutes += 15) await segue.later({ minutes: 15 });
    aside();
    await segue.later({ minutes: 6 });
    expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
    await expectInOrder(segue, tutor);
  },
);

test("a firewall's page ends no grant, however long it stays", async () => {
  await needsTokens("zoom");
  between((sent, go) => (isRefresh(sent) ? new Response("<html>", { status: 403 }) : go()));
  await segue.lessons(tutor, student, 1, { startsAt: inDays(9) });
  for (let days = 0; days < 6; days++) await segue.later({ hours: 24 });
  expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
});

test("a grant whose refresh calls our client refused, while it works for others, is the tutor's to renew", async () => {
  const other = await segue.person("tutor");
  await needsTokens("google_meet");
  await segue.connect(other, "google_meet");
  let own: string | null = null;
  between((sent, go) => {
    if (!isRefresh(sent)) return go();
    const token = new URLSearchParams(sent.body).get("refresh_token");
    own ??= token;
    const refusal = { error: "unauthorized_client", error_description: "Unauthorized" };
    return token === own ? json(401, refusal) : go();
  });
  await segue.lessons(tutor, student, 1, { startsAt: inDays(12) });
  for (let minutes = 0; minutes < 50; minutes += 5) await segue.later({ minutes: 5 });
  await refreshes(other);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  for (let minutes = 0; minutes < 20; minutes += 5) await segue.later({ minutes: 5 });
  expect(await connection()).toMatchObject({
    connection_status: "needs_reconnect",
    error_detail: "Unauthorized",
  });
  expect(await connection(other)).toMatchObject({ connection_status: "connected" });
});

test("a client that is refused for everybody ends no grant, nor does an odd answer right after", async () => {
  const other = await segue.person("tutor");
  await needsTokens("google_meet");
  await segue.connect(other, "google_meet");
  const refused = () => json(401, { error: "unauthorized_client" });
  between((sent, go) => (isRefresh(sent) ? refused() : go()));
  await segue.lessons(tutor, student, 1, { startsAt: inDays(12) });
  await refreshes(other);
  for (let minutes = 0; minutes < 180; minutes += 15) await segue.later({ minutes: 15 });
  between((sent, go) => (isRefresh(sent) ? json(400, { error: "app_not_ready" }) : go()));
  await segue.later({ minutes: 6 });
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  expect(await connection(other)).toMatchObject({ connection_status: "connected" });
  aside();
  await segue.later({ minutes: 6 });
  await expectInOrder(segue, tutor);
});

const inDays = (days: number) => new Date(segue.clock().getTime() + days * 86_400_000);

async function needsTokens(id: "zoom" | "google_meet"): Promise<void> {
  await segue.connect(tutor, id);
  await segue.later({ minutes: 70 });
}

/** The other tutor's next lesson needs new tokens. */
async function refreshes(other: typeof tutor): Promise<void> {
  await segue.rows(`update tutor_video_provider_connections
    set access_token_expires_at = now() - interval '10 years' where tutor_id = '${other.id}' returning 1`);
  await segue.book(other, student, { startsAt: inDays(11) });
  await segue.work();
}

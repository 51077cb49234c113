/** What one call is refused, or all are for a moment, ends no connection; what several are for an hour does. */
import { expect, test } from "vitest";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { someOf } from "#tests/harness/extent.ts";
import { betweenCalls } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection } = scene();
const { between } = betweenCalls();

const providers = [
  ["zoom", "zoom"],
  ["google", "google_meet"],
] as const;

test.each(someOf(providers, 1))(
  "a token that %s refuses for one lesson alone, and takes for all others, leaves the connection as it is",
  async (provider, id) => {
    await segue.connect(tutor, id);
    await segue.standIns.faults({
      provider,
      operation: "create",
      effect: "token_refused",
      titleIncludes: "Poison",
    });
    const startsAt = new Date(segue.clock().getTime() + 5 * 86_400_000);
    await segue.book(tutor, student, { subject: "Poison", startsAt });
    await segue.work();
    for (let n = 1; n <= 6; n++) {
      const next = new Date(startsAt.getTime() + n * 7_200_000);
      await segue.book(tutor, student, { subject: `Lesson ${n}`, startsAt: next });
      await segue.work();
      await segue.later({ minutes: 1 });
    }
    const sessions = await segue.sessions(tutor);
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    expect(sessions.filter(({ join_url: link }) => link)).toHaveLength(6);
  },
);

test.each(someOf(providers, 1))(
  "%s refuses fresh tokens for half a minute, and refreshes them as ever: the connection outlives that",
  async (provider, id) => {
    await segue.connect(tutor, id);
    await segue.standIns.faults({ provider, operation: "create", effect: "token_refused" });
    const startsAt = new Date(segue.clock().getTime() + 5 * 86_400_000);
    await segue.book(tutor, student, { startsAt });
    await segue.work();
    for (let i = 0; i < 10; i++) await segue.later({ seconds: 3 });
    await segue.standIns.faults();
    for (let i = 0; i < 10; i++) await segue.later({ minutes: 1 });
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    expect((await segue.sessions(tutor))[0]?.join_url).toEqual(expect.any(String));
  },
);

test("one reading of one room that says “User does not exist” doesn't end the connection, nor tell that rooms are gone", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3);
  const [room] = await segue.ledger(tutor);
  let once = 0;
  between((sent, pass) => {
    const isIt = sent.method === "GET" && sent.url.endsWith(`/meetings/${room?.external_id}`);
    if (!isIt || once++ > 0) return pass();
    return Response.json({ code: 1001, message: "User does not exist: x1." }, { status: 404 });
  });
  await checkLinks(segue.ctx, tutor.id);
  const mails = await segue.rows(
    `select text_body from private.mail_texts where to_email = '${tutor.email}' and subject like 'Reconnect%'`,
  );
  expect(mails).toEqual([]);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

test.each(someOf(["zoom", "google"] as const, 1))(
  "tokens that %s refuses for an hour, however fresh and whatever is asked, end in a connection to be renewed",
  async (provider) => {
    await segue.connect(tutor, provider === "zoom" ? "zoom" : "google_meet");
    const refused = (operation: "create" | "list") =>
      ({ provider, operation, effect: "token_refused" }) as const;
    await segue.standIns.faults(refused("create"), refused("list"));
    await segue.lessons(tutor, student, 1);
    for (let minutes = 0; minutes < 55; minutes += 5) await segue.later({ minutes: 5 });
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    for (let minutes = 0; minutes < 15; minutes += 5) await segue.later({ minutes: 5 });
    expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
  },
);

test("a tutor whose only lesson is refused for an hour, while the account answers, stays connected", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ provider: "zoom", operation: "create", effect: "token_refused" });
  await segue.lessons(tutor, student, 1);
  for (let minutes = 0; minutes < 180; minutes += 5) await segue.later({ minutes: 5 });
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  // A refresh that cures nothing isn't made each time.
  expect((await segue.standIns.calls("refresh")).length).toBeLessThan(10);
});

test("an account that is gone is known at once, from two calls", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  between((sent, pass) =>
    sent.method === "GET" && /\/(meetings|users)\//.test(sent.url)
      ? Response.json({ code: 1001, message: "User does not exist: x1." }, { status: 404 })
      : pass(),
  );
  await checkLinks(segue.ctx, tutor.id);
  expect(await connection()).toMatchObject({
    connection_status: "needs_reconnect",
    error_code: "account_gone",
  });
});

test("new tokens that ended while their machine slept don't end a connection that lives", async () => {
  await segue.connect(tutor, "zoom");
  const refused = (operation: "create" | "list") =>
    ({ provider: "zoom", operation, effect: "token_refused" }) as const;
  await segue.standIns.faults(refused("create"), refused("list"));
  await segue.lessons(tutor, student, 1);
  let sleeps = 0;
  segue.onCall = async ({ method, phase }) => {
    if (method !== "refresh" || phase !== "after") return;
    sleeps += 1;
    segue.clock.advance({ minutes: 61 });
  };
  await segue.later({ minutes: 61 });
  expect(sleeps).toBeGreaterThan(0);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

test("a call that was answered while the last proof was on its way disproves it", async () => {
  await segue.connect(tutor, "zoom");
  const refused = (operation: "create" | "list") =>
    ({ provider: "zoom", operation, effect: "token_refused" }) as const;
  await segue.standIns.faults(refused("create"), refused("list"));
  await segue.lessons(tutor, student, 1);
  segue.onCall = async ({ method, phase }) => {
    if (method !== "listMarked" || phase !== "after") return;
    await segue.rows(`update tutor_video_provider_connections set access_refused_since = null
      where tutor_id = '${tutor.id}' returning 1`);
  };
  await segue.later({ minutes: 61 });
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

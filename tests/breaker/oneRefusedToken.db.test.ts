/** One lesson whose calls are answered "invalid access token" ends the connection that works for all others. */
import { expect, test } from "vitest";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { betweenCalls } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection } = scene();
const { between } = betweenCalls();

test.each([
  ["zoom", "zoom"],
  ["google", "google_meet"],
] as const)(
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

test.each([
  ["zoom", "zoom"],
  ["google", "google_meet"],
] as const)(
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
    // Fails: the fourth refusal, some ten seconds after the first, ends it; a check wants an hour of the same.
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
  // Fails: the account itself answers the other readings of the same check, and users/me.
  expect(mails).toEqual([]);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

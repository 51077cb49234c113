/** A connection that dies is told to its tutor, once. */
import { expect, test } from "vitest";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import { betweenCalls, isRefresh, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection, links } = scene();
const { between, aside } = betweenCalls();

test("a connection that dies is told at once, with what becomes of the lessons", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 2);
  const before = await links();
  await dies("zoom");
  await segue.book(tutor, student, { startsAt: new Date("2026-11-05T10:00:00Z") });
  await segue.work();
  expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
  const [mail, ...others] = await told();
  expect(others).toEqual([]);
  expect(mail?.subject).toBe("Reconnect Zoom so that your lessons get their rooms");
  expect(mail?.text).toContain("3 future lessons are affected.");
  expect(mail?.text).toContain("2 rooms are there and keep working");
  expect(mail?.text).toContain("1 lesson has no room yet and gets none until you reconnect.");
  expect(mail?.text).toContain(
    `Reconnect Zoom: ${segue.ctx.config.appUrl}/tutor/video-setup?connect=zoom`,
  );
  expect((await links()).slice(0, 2), "the links that students hold lead where they led").toEqual(
    before,
  );
});

test("a death is told once, however many calls find it, and another death anew", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 3);
  await dies("google_meet");
  await Promise.all([checkOwnLinks(segue.ctx, tutor), checkOwnLinks(segue.ctx, tutor)]);
  for (let hours = 0; hours < 3; hours++) await segue.later({ hours: 1 });
  expect(await told()).toHaveLength(1);
  await segue.connect(tutor, "google_meet");
  expect((await getConnection(segue.ctx, tutor))?.status).toBe("connected");
  await segue.later({ minutes: 1 });
  expect(await told()).toHaveLength(1);
  await dies("google_meet");
  await checkOwnLinks(segue.ctx, tutor);
  expect(await told()).toHaveLength(2);
});

test.each([
  ["zoom", { code: 124, message: "Invalid access token." }],
  ["google_meet", { error: { code: 401, errors: [{ reason: "authError" }] } }],
] as const)(
  "tokens of %s that are refreshed and refused all the same are the tutor's to renew",
  async (id, body) => {
    await segue.connect(tutor, id);
    await segue.lessons(tutor, student, 2, {
      startsAt: new Date(segue.clock().getTime() + 5 * 86_400_000),
    });
    between((sent, go) => (isRefresh(sent) ? go() : json(401, body)));
    await checkOwnLinks(segue.ctx, tutor);
    await segue.later({ minutes: 50 });
    await checkOwnLinks(segue.ctx, tutor);
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    aside();
    await checkOwnLinks(segue.ctx, tutor);
    between((sent, go) => (isRefresh(sent) ? go() : json(401, body)));
    await checkOwnLinks(segue.ctx, tutor);
    await segue.later({ minutes: 50 });
    await checkOwnLinks(segue.ctx, tutor);
    expect(await connection()).toMatchObject({ connection_status: "connected" });
    await segue.later({ minutes: 50 });
    await checkOwnLinks(segue.ctx, tutor);
    expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
    expect(await told()).toHaveLength(1);
  },
);

test("an odd refusal of a room long ago says nothing of the tokens that are refused once today", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.rows(`update meetings set refused_since = '2026-01-01T00:00:00Z'
    where tutor_id = '${tutor.id}' returning id`);
  const body = { code: 124, message: "Invalid access token." };
  between((sent, go) => (isRefresh(sent) ? go() : json(401, body)));
  await checkOwnLinks(segue.ctx, tutor);
  expect(await connection()).toMatchObject({ connection_status: "connected" });
  aside();
});

test("nobody is asked to reconnect what they have left or disconnected", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await dies("zoom");
  await segue.later({ hours: 2 });
  const [left] = await segue.rows(
    `select error_code from retired_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  expect(left?.error_code, "its death was seen").toBe("grant_revoked");
  expect(await told()).toEqual([]);
});

test("a tutor reads of it in their own language", async () => {
  await segue.rows(`update people set language = 'de' where id = '${tutor.id}' returning 1`);
  await segue.connect(tutor, "zoom");
  await dies("zoom");
  await segue.lessons(tutor, student, 1);
  const [mail] = await told();
  expect(mail?.subject).toBe("Verbinde Zoom neu, damit deine Stunden ihre Räume bekommen");
  expect(mail?.text).toContain("Das betrifft 1 künftige Stunde.");
});

/** Consent is withdrawn at the provider, and the access token that Segue holds has run out. */
async function dies(provider: "zoom" | "google_meet") {
  await segue.standIns.control("revoke", {
    provider: provider === "zoom" ? "zoom" : "google",
    email: tutor.email,
  });
  await segue.standIns.control("expire-tokens");
}

/** The mails to the tutor that lead to the page where they reconnect. */
const told = async () =>
  (
    await segue.rows(`select t.subject, t.text_body from private.mail_texts t
      join mails m on m.id = t.mail_id
      where t.to_email = '${tutor.email}' and t.text_body like '%?connect=%' order by m.created_at`)
  ).map((row) => ({ subject: String(row.subject), text: String(row.text_body) }));

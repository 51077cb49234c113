/**
 * One connection's refreshes are refused for days, in words or under a status that count as passing, while another
 * tutor's succeed.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { betweenCalls, isRefresh, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, connection, grantId } = scene();
const { between } = betweenCalls();

test.each([
  [400, { error: "invalid_request", reason: "This user is temporarily deactivated." }],
  [400, { error: "access_denied", reason: "Too many apps are connected to this account." }],
  [400, { message: "The account of this token is suspended." }],
  [403, { error: "account_suspended", reason: "The account is suspended." }],
  [404, { code: 1001, message: "User does not exist." }],
  [422, { error: "invalid_user", reason: "The user has left the account." }],
])(
  "a refresh that fails for a day (%i %j) while others' succeed is believed",
  async (status, body) => {
    const other = await segue.person("tutor");
    await segue.connect(other, "zoom");
    await segue.connect(tutor, "zoom");
    await segue.lessons(tutor, student, 1, { startsAt: addMinutes(segue.clock(), 12 * 1_440) });
    let failures = 0;
    // Each refresh rotates, so whose it is shows in which grant asks.
    let isTutors = false;
    between((sent, pass) => {
      if (!isRefresh(sent) || !isTutors) return pass();
      failures += 1;
      return json(status, body);
    });
    const id = await grantId();
    for (let hour = 0; hour < 9 * 24; hour += 2) {
      segue.clock.advance({ hours: 2 });
      isTutors = true;
      await openGrant(segue.ctx, id).catch(() => undefined);
      isTutors = false;
      const [others] = await segue.rows(
        `select grant_id from tutor_video_provider_connections where tutor_id = '${other.id}'`,
      );
      await openGrant(segue.ctx, String(others?.grant_id));
    }
    const mails = await segue.rows(
      `select subject from private.mail_texts where to_email = '${tutor.email}' and subject like 'Reconnect%'`,
    );
    const { connection_status } = (await connection()) ?? {};
    expect({ failures, connection_status, mails: mails.length }).toMatchObject({
      connection_status: "needs_reconnect",
      mails: 1,
    });
  },
);

test("while nobody's refreshes succeed, no connection counts as dead", async () => {
  const other = await segue.person("tutor");
  for (const one of [other, tutor]) await segue.connect(one, "zoom");
  await segue.lessons(tutor, student, 1, { startsAt: addMinutes(segue.clock(), 12 * 1_440) });
  between((sent, pass) => (isRefresh(sent) ? json(403, { message: "No" }) : pass()));
  const id = await grantId();
  for (let hour = 0; hour < 4 * 24; hour += 2) {
    segue.clock.advance({ hours: 2 });
    await openGrant(segue.ctx, id).catch(() => undefined);
  }
  expect(await connection()).toMatchObject({ connection_status: "connected" });
});

/** @module-tag whole */
import { beforeEach, expect, test } from "vitest";
import { lookAtTutor } from "#lib/services/support/lookAtTutor.ts";
import { recentTroubles } from "#lib/services/support/recentTroubles.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { examineInstallation } from "#server/doctor/installation.ts";
import { expectInOrder } from "#tests/harness/order.ts";
import { scene } from "#tests/harness/scene.ts";
import { operatorTroubles } from "./operatorTroubles.ts";

const ENABLE =
  "https://console.developers.google.com/apis/api/calendar-json.googleapis.com/overview?project=458209117346";

const { segue, tutor, student, connection } = scene();
let admin: Person;
beforeEach(async () => {
  await segue.rows("delete from operator_troubles");
  await segue.rows("update people set role = 'tutor' where role = 'admin'");
  admin = await segue.person("tutor");
  await segue.rows(`update people set role = 'admin' where id = '${admin.id}'`);
  Object.assign(admin, { role: "admin" });
});

test("an API that isn't enabled fails no lesson, is told once with the address that helps, and ends by itself", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.standIns.faults({ provider: "google", operation: "create", effect: "api_disabled" });
  await segue.lessons(tutor, student, 3);
  for (let minute = 0; minute < 15; minute += 5) await segue.later({ minutes: 5 });
  expect((await segue.ledger(tutor)).map(({ state }) => state)).toEqual(Array(3).fill("intended"));
  expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
  const trouble = { provider: "google_meet", kind: "api_disabled", help: ENABLE };
  expect(await operatorTroubles(segue.ctx)).toMatchObject([trouble]);
  expect((await recentTroubles(segue.ctx, admin)).operator).toMatchObject([trouble]);
  expect(await getConnection(segue.ctx, tutor)).toMatchObject({ operatorTrouble: "api_disabled" });
  expect((await lookAtTutor(segue.ctx, admin, tutor.id)).checks).toContainEqual({
    step: "connection",
    state: "bad",
    findings: [expect.objectContaining({ code: "api_disabled", provider: "google_meet" })],
  });
  const { problems } = await examineInstallation(segue.ctx);
  expect(problems).toContainEqual(expect.stringContaining(ENABLE));
  const mails = await toAdmin();
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text_body).toContain(`visiting ${ENABLE} then`);
  await segue.standIns.faults();
  for (let minute = 0; minute < 15; minute += 5) await segue.later({ minutes: 5 });
  await expectInOrder(segue, tutor);
  expect(await operatorTroubles(segue.ctx)).toEqual([]);
});

test.each([
  ["zoom", "client_disabled"],
  ["google_meet", "client_disabled"],
  ["zoom", "invalid_client"],
] as const)(
  "a refused client of %s (%s) ends no grant, is told once, and ends by itself",
  async (id, effect) => {
    await segue.connect(tutor, id);
    await segue.later({ minutes: 70 });
    const at = id === "zoom" ? "zoom" : "google";
    await segue.standIns.faults({ provider: at, operation: "refresh", effect });
    await segue.lessons(tutor, student, 1);
    for (let hour = 0; hour < 9; hour++) await segue.later({ hours: 1 });
    expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
    expect(await operatorTroubles(segue.ctx)).toMatchObject([
      { provider: id, kind: "client_refused" },
    ]);
    expect(await toAdmin()).toHaveLength(1);
    await segue.standIns.faults();
    await segue.later({ minutes: 6 });
    await expectInOrder(segue, tutor);
    expect(await operatorTroubles(segue.ctx)).toEqual([]);
  },
);

test.each(["zoom", "google_meet"] as const)(
  "access tokens of %s that are refused while the client is refused end no grant either",
  async (id) => {
    await segue.connect(tutor, id);
    await segue.standIns.control("expire-tokens");
    const at = id === "zoom" ? "zoom" : "google";
    const refused = { provider: at, operation: "refresh", effect: "client_disabled" } as const;
    await segue.standIns.faults(refused);
    await segue.lessons(tutor, student, 1);
    for (let minute = 0; minute < 50; minute += 2) await segue.later({ minutes: 2 });
    expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
    await segue.standIns.faults();
    for (let minute = 0; minute < 12; minute += 6) await segue.later({ minutes: 6 });
    await expectInOrder(segue, tutor);
  },
);

test("a trouble that comes and goes is mailed once a day", async () => {
  await segue.connect(tutor, "google_meet");
  const disabled = { provider: "google", operation: "create", effect: "api_disabled" } as const;
  for (let hour = 0; hour < 4; hour++) {
    await segue.standIns.faults({ ...disabled, times: 1 });
    await segue.lessons(tutor, student, 1, { startsAt: startAt(hour) });
    await segue.later({ hours: 1 });
  }
  expect(await toAdmin()).toHaveLength(1);
  await segue.later({ hours: 24 });
  await segue.standIns.faults({ ...disabled, times: 1 });
  await segue.lessons(tutor, student, 1, { startsAt: startAt(9) });
  expect(await toAdmin()).toHaveLength(2);
});

const startAt = (hour: number) => new Date(segue.clock().getTime() + (72 + hour) * 3_600_000);

const toAdmin = () =>
  segue.rows(`select subject, text_body from private.mail_texts where to_email = '${admin.email}'
    and subject like '%Segue%'`);

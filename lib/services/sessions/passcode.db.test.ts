import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { erasePasscodes } from "#lib/services/calls/passcodes.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { handleChangedRoom } from "#lib/services/drift/handleProviderEvent.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { videoSetup } from "#lib/services/switching/videoSetup.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { advanceSessions } from "./advanceSessions.ts";
import { cancelSession } from "./cancelSession.ts";
import { joinSession } from "./joinSession.ts";
import { linkHistory } from "./linkHistory.ts";
import { getSession, listSessions } from "./listSessions.ts";
import { setOwnLink } from "./setOwnLink.ts";

const { segue, tutor, student, links, session, newest, undo } = scene();
let id: string;

beforeEach(async () => {
  await segue.standIns.settings({ zoomPasscodeInLinks: false });
  await segue.connect(tutor, "zoom");
  [id = ""] = await segue.lessons(tutor, student, 1);
});

test("both sides read what the room asks for long before the start, and nobody else does", async () => {
  expect(await links()).toEqual([expect.not.stringContaining("pwd")]);
  expect(await shown()).toBe(await passcodeAtZoom());
  expect(await shown(tutor)).toBe(await passcodeAtZoom());
  for (const role of ["tutor", "student"] as const) {
    const stranger = await segue.person(role);
    await expect(shown(stranger)).rejects.toMatchObject({ code: "not_found" });
  }
  const { items } = await listSessions(segue.ctx, student);
  expect(items[0]).not.toHaveProperty("passcode");
});

test("the stable link leads to where the passcode stands, and from there into the room", async () => {
  await at(-10);
  expect(await joinSession(segue.ctx, student, id)).toEqual({ kind: "passcode" });
  expect(await joins()).toEqual([]);
  const inside = await joinSession(segue.ctx, student, id, { knowsPasscode: true });
  expect(inside).toEqual({ kind: "open", url: (await links())[0] });
  expect(await joins()).toEqual([{ person_id: student.id }]);
});

test("a link that holds the passcode leads straight into the room", async () => {
  await segue.standIns.settings({ zoomPasscodeInLinks: true });
  await refreshSessionLinks(segue.ctx, tutor);
  await at(-10);
  expect(await shown()).toBeNull();
  expect(await joinSession(segue.ctx, student, id)).toEqual({
    kind: "open",
    url: (await links())[0],
  });
  expect((await links())[0]).toContain("pwd=");
});

test.each(["abc%2Bdef%3D%3D", "abc~def"])("an own link keeps its password: %s", async (pwd) => {
  const url = new URL(`${segue.standIns.url}/zoom/j/98765432101?pwd=${pwd}`);
  await setOwnLink(segue.ctx, tutor, id, { url: url.href });
  const kept = new URL((await links())[0] ?? "").searchParams.get("pwd");
  expect(kept).toBe(url.searchParams.get("pwd"));
});

test("an own link whose password can't be passed on is refused in words that say what to do", async () => {
  const url = `${segue.standIns.url}/zoom/j/98765432101?pwd=abc+def`;
  const refusal = { code: "invalid_input", key: "oddPasscode" };
  await expect(setOwnLink(segue.ctx, tutor, id, { url })).rejects.toMatchObject(refusal);
});

test("the tutor enters as the host, and reads the passcode where the host's link can't be had", async () => {
  await at(-10);
  const patient: Context = { ...segue.ctx, sleep: () => Promise.withResolvers<void>().promise };
  const door = await joinSession(patient, tutor, id);
  expect(door).toEqual({ kind: "open", url: expect.stringContaining("zak=") });
  await segue.standIns.control("revoke", { provider: "zoom", email: tutor.email });
  await segue.standIns.control("expire-tokens");
  expect(await joinSession(patient, tutor, id)).toEqual({ kind: "passcode" });
  const inside = await joinSession(patient, tutor, id, { knowsPasscode: true });
  expect(inside).toEqual({ kind: "open", url: (await links())[0] });
});

test("a passcode changed at Zoom is found by the check, shown from then on, and costs no write", async () => {
  const [before] = await links();
  await changePasscode("other-1");
  expect(await shown()).not.toBe("other-1");
  await segue.standIns.forgetCalls();
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({
    checked: 1,
    differs: 1,
    repaired: 1,
  });
  await segue.work();
  expect(await shown()).toBe("other-1");
  expect(await links()).toEqual([before]);
  expect(await checkLinks(segue.ctx, tutor.id)).toMatchObject({ checked: 1, differs: 0 });
  expect([
    ...(await segue.standIns.calls("update")),
    ...(await segue.standIns.calls("create")),
  ]).toEqual([]);
});

test("Zoom's event about a change brings the new passcode by itself", async () => {
  await changePasscode("other-2");
  const externalId = (await session())?.meeting_external_id ?? "";
  await handleChangedRoom(segue.ctx, "zoom", { externalId, said: null });
  await segue.work();
  expect(await shown()).toBe("other-2");
});

test("a passcode taken off at Zoom is shown no more, and the link is enough", async () => {
  await changePasscode("");
  await checkLinks(segue.ctx, tutor.id);
  expect(await shown()).toBeNull();
  await at(-10);
  expect(await joinSession(segue.ctx, student, id)).toMatchObject({ kind: "open" });
  expect(await stored()).toEqual([]);
});

test("when the account's links hold it at last, the check takes them over", async () => {
  await segue.standIns.settings({ zoomPasscodeInLinks: true });
  await checkLinks(segue.ctx, tutor.id);
  await segue.work();
  expect(await links()).toEqual([expect.stringContaining("pwd=")]);
  expect(await shown()).toBeNull();
  expect(await stored()).toEqual([]);
});

test("an undo goes back to the room with the passcode that it has", async () => {
  const before = await shown();
  await segue.connect(tutor, "google_meet");
  expect(await shown()).toBeNull();
  const { rooms } = await linkHistory(segue.ctx, tutor, id);
  expect(rooms?.map(({ passcode }) => passcode)).toEqual([before, null]);
  await undo(await newest());
  expect(await shown()).toBe(before);
});

test("a lookup after a lost answer finds the passcode as well", async () => {
  await segue.standIns.faults({
    provider: "zoom",
    operation: "create",
    effect: "cut_after_write",
    times: 1,
  });
  const startsAt = new Date(segue.clock().getTime() + 10 * 86_400_000);
  const [other = ""] = await segue.book(tutor, student, { startsAt });
  await segue.work();
  await segue.later({ minutes: 2 });
  const { passcode, linkState } = await getSession(segue.ctx, student, other);
  expect(linkState).toBe("ready");
  const external = (await segue.sessions(tutor)).find((one) => one.id === other);
  const room = (await segue.standIns.rooms()).find(
    (one) => one.id === external?.meeting_external_id,
  );
  expect(room?.passcode).toMatch(/./);
  expect(passcode).toBe(room?.passcode);
});

test("a room of ours that somebody writes into a lesson by hand keeps its passcode", async () => {
  const [link] = await links();
  const before = await shown();
  await segue.connect(tutor, "google_meet");
  await segue.rows(`update sessions set join_url = '${link}' where id = '${id}' returning 1`);
  await segue.later({ minutes: 1 });
  expect(await session()).toMatchObject({ join_url: link, provider: "zoom" });
  expect(await shown()).toBe(before);
});

test("the tutor's own link comes with the passcode that its room asks for", async () => {
  const url = "https://zoom.us/j/98765432101";
  await setOwnLink(segue.ctx, tutor, id, { url, passcode: " my-own " });
  expect(await shown()).toBe("my-own");
  await setOwnLink(segue.ctx, tutor, id, { url: `${url}?pwd=abc.1`, passcode: "my-own" });
  expect(await shown()).toBeNull();
  await setOwnLink(segue.ctx, tutor, id, { url: "https://zoom.us/j/98765432102" });
  expect(await shown()).toBeNull();
  const refused = async () => setOwnLink(segue.ctx, tutor, id, { url, passcode: "two words" });
  await expect(refused()).rejects.toMatchObject({ code: "invalid_input" });
});

test("rooms from before passcodes were kept are asked for theirs after the upgrade", async () => {
  const before = await shown();
  await segue.rows("delete from private.meeting_passcodes returning 1");
  expect(await shown()).toBeNull();
  const file = "supabase/migrations/20261129153000_passcodes.sql";
  const sql = readFileSync(file, "utf8");
  await segue.database.exec(sql.slice(sql.indexOf("update public.meetings")));
  await segue.rows(`update meetings set check_at = '${segue.clock().toISOString()}'
    where check_at is not null returning 1`);
  await segue.later({ minutes: 1 });
  expect(await shown()).toBe(before);
});

test("the tutor is told how many rooms ask for a passcode", async () => {
  expect((await videoSetup(segue.ctx, tutor)).future).toMatchObject({ withPasscode: 1 });
  await segue.connect(tutor, "google_meet");
  expect((await videoSetup(segue.ctx, tutor)).future).toMatchObject({ withPasscode: 0 });
});

test("a passcode goes with its room: at once when that is deleted, and once people have left when it is over", async () => {
  await at(46);
  await advanceSessions(segue.ctx);
  await erasePasscodes(segue.ctx);
  expect(await shown()).toBe(await passcodeAtZoom());
  await at(62);
  expect(await shown()).toBeNull();
  await erasePasscodes(segue.ctx);
  expect(await stored()).toEqual([]);
});

test("a cancelled lesson shows none, and nothing of it is kept", async () => {
  await cancelSession(segue.ctx, tutor, id);
  expect(await shown()).toBeNull();
  await segue.work();
  await erasePasscodes(segue.ctx);
  expect(await stored()).toEqual([]);
});

test("a passcode whose key is lost hides itself, not the page, and the next check brings it back", async () => {
  const before = await shown();
  await segue.rows("update private.meeting_passcodes set sealed = 'v1.lost.a.b.c' returning 1");
  expect(await shown()).toBeNull();
  expect(segue.messages()).toContain("A room's passcode can't be opened");
  await checkLinks(segue.ctx, tutor.id);
  expect(await shown()).toBe(before);
});

test("a passcode stands in no line of the log, in no mail and, unsealed, in no table", async () => {
  await changePasscode("Zx9-log-me");
  await checkLinks(segue.ctx, tutor.id);
  await segue.work();
  expect(await shown()).toBe("Zx9-log-me");
  await at(-10);
  await joinSession(segue.ctx, student, id);
  await joinSession(segue.ctx, student, id, { knowsPasscode: true });
  const tables =
    await segue.rows(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'private', 'identity')`);
  const rows = await Promise.all(tables.map(({ name }) => segue.rows(`table ${name}`)));
  expect(rows.flat().length).toBeGreaterThan(20);
  expect(JSON.stringify(rows)).not.toContain("Zx9-log-me");
  expect(JSON.stringify(segue.logs)).not.toContain("Zx9-log-me");
});

const shown = async (person = student) => (await getSession(segue.ctx, person, id)).passcode;

const stored = () =>
  segue.rows(`select 1 from private.meeting_passcodes p join meetings m on m.id = p.meeting_id
    where m.tutor_id = '${tutor.id}'`);

const roomAtZoom = async () => {
  const external = (await session())?.meeting_external_id;
  return (await segue.standIns.rooms()).find((room) => room.id === external);
};

const passcodeAtZoom = async () => (await roomAtZoom())?.passcode;

const changePasscode = async (passcode: string) =>
  segue.standIns.control("set-passcode", { id: (await roomAtZoom())?.id, passcode });

const at = async (minutes: number) => {
  const start = (await session())?.scheduled_start_at ?? new Date(Number.NaN);
  segue.clock.set(new Date(start.getTime() + minutes * 60_000));
};

const joins = () => segue.rows(`select person_id from session_joins where session_id = '${id}'`);

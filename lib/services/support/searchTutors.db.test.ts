import { beforeAll, expect, test } from "vitest";
import { transaction } from "#lib/platform/db.ts";
import { limits } from "#lib/records/limits/rules.ts";
import { deletePerson } from "#lib/records/people/queries/whole.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { removeStudent } from "#lib/services/students/changeStudent.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { admitNow } from "#lib/services/verb/admit.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { personalLink } from "#tests/harness/links/personalLink.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { type Found, searchTutors } from "./searchTutors.ts";

const { segue, tutor, student, newest } = scene();
const { withLessons } = unsigned(segue, ownMailbox());
let admin: Person;
beforeAll(async () => {
  const person = await segue.person("tutor", { name: "Ada Admin" });
  await segue.rows(`update people set role = 'admin' where id = '${person.id}'`);
  admin = { ...person, role: "admin" };
});

test("a tutor is found by any part of their name or address, whatever its case and accents", async () => {
  const noemi = await named("Noémi Ångström-Łuczak");
  for (const text of ["Noémi", "noemi a", "ANGSTR", "Łucz", "  noemi   ångström "]) {
    expect(await found(text), text).toMatchObject({ asked: "part", hits: [hit(noemi, "name")] });
  }
  const part = noemi.email.slice(2, -3);
  expect(await found(part)).toMatchObject({ asked: "part", hits: [hit(noemi, "address")] });
  expect(await found(part.toUpperCase())).toMatchObject({ hits: [hit(noemi, "address")] });
});

test("a full address or id is exact, and so leads straight to the case", async () => {
  const near = await named("Nearly", `x${tutor.email}`);
  const byAddress = { asked: "address", hits: [hit(tutor, "address")], hasMore: false };
  const byId = { asked: "id", hits: [hit(tutor, "id")], hasMore: false };
  const typed = [tutor.email, `  ${tutor.email.toUpperCase()} `, `“Tara” <${tutor.email}>, today.`];
  for (const text of typed) expect(await found(text), text).toMatchObject(byAddress);
  expect(await found(near.email)).toMatchObject({ asked: "address", hits: [hit(near, "address")] });
  for (const text of [tutor.id, tutor.id.toUpperCase()]) {
    expect(await found(text), text).toMatchObject(byId);
  }
  expect(await found(segue.ctx.newId())).toEqual({ kind: "found", ...byId, hits: [] });
});

test("the ids of a student, a lesson and a migration lead to the tutor, also within a link or a line", async () => {
  await segue.connect(tutor, "zoom");
  const [lesson = ""] = await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const byId = { asked: "id" };
  const byLesson = { ...byId, hits: [hit(tutor, "lesson", "Lesson 1")] };
  expect(await found(student.id)).toMatchObject({
    ...byId,
    hits: [hit(tutor, "student", student.name)],
  });
  expect(await found(lesson)).toMatchObject(byLesson);
  expect(await found(`https://segue.example/sessions/${lesson}/join`)).toMatchObject(byLesson);
  expect(
    await found(`Tutor: ${tutor.id} Provider: zoom, connected Browser: ${"x".repeat(300)}`),
  ).toMatchObject({ ...byId, hits: [hit(tutor, "id")] });
  expect(await found(await newest())).toMatchObject({
    ...byId,
    hits: [hit(tutor, "migration")],
  });
});

test("a personal link leads to its lesson's tutor: students without an account have nothing else to send", async () => {
  await segue.connect(tutor, "zoom");
  const [lesson = ""] = await segue.lessons(tutor, student, 1);
  const link = await personalLink(segue, student, lesson);
  expect(link).toContain("/j/");
  expect(await found(`It says: ${link}`)).toMatchObject({
    asked: "id",
    hits: [hit(tutor, "lesson", "Lesson 1")],
  });
  expect(await found(`${link.slice(0, -4)}aaaa`)).toMatchObject({ asked: "part", hits: [] });
});

test("a student leads to each of their tutors, by name or address, and says whose student it is", async () => {
  const mia = await segue.person("student", { name: "Mía Bergström", email: newAddress() });
  const other = await segue.person("tutor");
  for (const one of [tutor, other]) await segue.connect(one, "zoom");
  await segue.book(tutor, mia, { startsAt: inHours(30) });
  await segue.book(other, mia, { startsAt: inHours(20) });
  const both = [hit(other, "student", mia.name), hit(tutor, "student", mia.name)];
  expect(await found("mia berg")).toMatchObject({ asked: "part", hits: both });
  expect(await found(mia.email.slice(0, -3))).toMatchObject({ asked: "part", hits: both });
  // Whom of them support means isn't for us to say.
  expect(await found(mia.email)).toMatchObject({ asked: "address", hits: both });
});

test("a student without an account is found as their tutor calls them, and by the addresses that were given", async () => {
  const [email, guardianEmail] = ["quirin@families.example", "parent@families.example"];
  const stranger = await segue.person("tutor");
  await withLessons(tutor, { name: "Quirin Unsigned", email, guardianEmail });
  await withLessons(stranger, { name: "Somebody else" });
  const asStudent = [hit(tutor, "student", "Quirin Unsigned")];
  const asGuardian = [hit(tutor, "guardian", "Quirin Unsigned")];
  expect(await found("quirin")).toMatchObject({ asked: "part", hits: asStudent });
  expect(await found(email)).toMatchObject({ asked: "address", hits: asStudent });
  expect(await found(guardianEmail)).toMatchObject({ asked: "address", hits: asGuardian });
  expect(await found(guardianEmail.slice(0, -2))).toMatchObject({ hits: asGuardian });
  // What stands for them in the table of people is nobody's name.
  const { hits } = await found("Student");
  expect(hits.map(({ what }) => what)).not.toContain("Quirin Unsigned");
});

test("the guardian of a student with an account leads to the student's tutors", async () => {
  const guardianEmail = newAddress();
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await updatePreferences(segue.ctx, student, { guardianEmail });
  const byGuardian = [hit(tutor, "guardian", student.name)];
  expect(await found(guardianEmail)).toMatchObject({ asked: "address", hits: byGuardian });
});

test("%, _ and \\ mean themselves, and odd text finds nothing instead of failing", async () => {
  const odd = await named("100% _under\\score_");
  for (const text of ["100%", "_und", "r\\s", "100% _under\\score_"]) {
    expect(await found(text), text).toMatchObject({ hits: [hit(odd, "name")] });
  }
  for (const text of [
    "%%%",
    "___",
    "\\\\\\",
    "1_0%",
    "'; drop table people; --",
    "\u0000\ud800 zyx",
    "x".repeat(5_000),
  ]) {
    expect(await found(text), text).toMatchObject({ hits: [], hasMore: false });
  }
});

test("fewer than three characters search nothing, and marks alone are none", async () => {
  await named("Bo");
  for (const text of [
    "",
    " ",
    "Bo",
    " b o".slice(0, 3),
    "\u0301\u0302\u0303\u0304",
    "B\u0301o\u0308",
  ]) {
    expect(await search(text), text).toEqual({ kind: "short" });
  }
});

test("twenty are shown, and that there are more is said", async () => {
  for (let count = 1; count <= 20; count++) await named(`Zebulon ${count}`);
  expect((await found("zebulon")).hits).toHaveLength(20);
  expect(await found("zebulon")).toMatchObject({ hasMore: false });
  await named("Zebulon 21");
  expect((await found("zebulon")).hits).toHaveLength(20);
  expect(await found("zebulon")).toMatchObject({ hasMore: true });
});

test("whose name begins so comes first, then whoever teaches next, and a student's tutor last", async () => {
  const [late, soon, none, inside] = [
    await named("Ophelia Late"),
    await named("Ophelia Soon"),
    await named("Ophelia None"),
    await named("Mc-Xophelia"),
  ];
  const pupil = await segue.person("student", { name: "Ophelia Pupil" });
  for (const one of [soon, late, tutor]) await segue.connect(one, "zoom");
  await segue.book(late, student, { startsAt: inHours(50) });
  await segue.book(soon, student, { startsAt: inHours(49) });
  await segue.book(soon, student, { startsAt: inHours(52) });
  await segue.book(tutor, pupil, { startsAt: inHours(2) });
  const { hits } = await found("ophelia");
  expect(hits.map(({ tutor: { id } }) => id)).toEqual(
    [soon, late, none, inside, tutor].map(({ id }) => id),
  );
  expect(hits[0]).toEqual({
    tutor: { id: soon.id, name: soon.name, email: soon.email },
    by: "name",
    what: null,
    connection: { provider: "zoom", status: "connected" },
    lessons: 2,
    nextAt: inHours(49).toISOString(),
  });
  expect(hits[2]).toMatchObject({ connection: null, lessons: 0, nextAt: null });
});

test("who is gone is found no more; a student whom the tutor took off the list, by the lessons that they had", async () => {
  const leaver = await named("Leontine Leaver");
  await transaction(segue.ctx.db, (trx) => deletePerson(trx, leaver.id));
  const gone = { kind: "found", asked: "part", hits: [] };
  expect(await found("Leontine")).toMatchObject(gone);
  expect(await found(leaver.id)).toMatchObject({ hits: [] });
  expect(await found(leaver.email)).toMatchObject(gone);
  const email = newAddress();
  await segue.connect(tutor, "zoom");
  const { id, first } = await withLessons(tutor, { name: "Fridolin Former", email });
  await cancelSession(segue.ctx, tutor, first);
  await removeStudent(segue.ctx, tutor, id);
  expect(await found("Fridolin")).toMatchObject({
    hits: [hit(tutor, "student", "Fridolin Former")],
  });
  expect(await found(email)).toMatchObject(gone);
});

test("somebody who is support now, and a student without a tutor, are no hits", async () => {
  await segue.person("student", { name: "Loner Lothar" });
  expect(await found("Lothar")).toMatchObject({ hits: [] });
  expect(await found("Ada Admin")).toMatchObject({ hits: [] });
  expect(await found(admin.email)).toMatchObject({ hits: [] });
});

test("nobody but support may search, nor learns whether there is anything", async () => {
  for (const person of [tutor, student]) {
    for (const text of [tutor.id, tutor.email, tutor.name, "ab"]) {
      const search = searchTutors(segue.ctx, person, text);
      await expect(search).rejects.toMatchObject({ code: "not_found" });
    }
  }
});

test("a search asks no provider, changes nothing, and is in the log without what was written", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.forgetCalls();
  const before = await segue.ledger(tutor);
  segue.logs.length = 0;
  await found(student.name.slice(0, -1));
  expect(await segue.standIns.calls()).toEqual([]);
  expect(await segue.ledger(tutor)).toEqual(before);
  expect(segue.logs).toMatchObject([{ adminId: admin.id, hits: expect.any(Number) }]);
  expect(JSON.stringify(segue.logs)).not.toContain(student.name.slice(0, -1));
});

test("what goes through everybody's names is limited, and a link to a case never is", async () => {
  const { most, seconds } = limits.search.windows[0];
  await admitNow(segue.ctx, "search", admin.id);
  await segue.rows(`insert into limited_uses (rule, whose, used_at, counts_until)
    select rule, whose, used_at, counts_until
      from (select * from limited_uses order by used_at desc, ctid desc limit 1) n, generate_series(1, ${most - 1})`);
  await expect(search("nobody")).rejects.toMatchObject({ code: "too_many" });
  expect(await found(tutor.id)).toMatchObject({ hits: [hit(tutor, "id")] });
  expect(await found(tutor.email)).toMatchObject({ hits: [hit(tutor, "address")] });
  segue.clock.advance({ seconds });
  expect(await found("nobody at all")).toMatchObject({ hits: [] });
});

const named = (name: string, email = newAddress()) => segue.person("tutor", { name, email });
const inHours = (hours: number) => new Date(segue.clock().getTime() + hours * 3_600_000);
const search = (text: string) => searchTutors(segue.ctx, admin, text);

async function found(text: string): Promise<Found> {
  const result = await search(text);
  if (result.kind !== "found") throw new Error(`${text} is too short`);
  return result;
}

const hit = ({ id }: Person, by: Found["hits"][number]["by"], what: string | null = null) =>
  expect.objectContaining({
    tutor: expect.objectContaining({ id }),
    by,
    what: what === null ? null : expect.stringContaining(what),
  });

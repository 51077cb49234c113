/** Odd input about students and at doors ends in a refusal. */
import { expect, test } from "vitest";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { askAtDoor } from "#lib/services/doors/askAtDoor.ts";
import { linkToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { askStudentAgain, changeStudent, removeStudent } from "./changeStudent.ts";
import { getStudent } from "./listStudents.ts";

const { segue, tutor } = scene({ start: "2026-10-20T00:00:00Z" });
const at = (hours: number) => new Date(segue.clock().getTime() + hours * 3_600_000).toISOString();
const how = (work: () => Promise<unknown>) =>
  Promise.resolve()
    .then(work)
    .then(
      () => "done",
      (error: unknown) => (error instanceof Refusal ? "refused" : `${error}`),
    );
const odd = [
  null,
  undefined,
  1,
  "x",
  [],
  {},
  { name: 1 },
  { name: "\u0000" },
  { name: "a".repeat(1e5) },
  { email: "a@b" },
  { email: ["a@b.de"] },
  { note: "\ud800" },
  { note: "😀".repeat(1000) },
  { timeZone: "Etc/Unknown" },
  { timeZone: "" },
  { email: `${"a".repeat(250)}@b.de` },
  { name: `${"😀".repeat(60)}a` },
  { name: "á".repeat(60) },
];
const starts = [
  "0000-01-01T00:00",
  "9999-12-31T23:59",
  "2026-02-30T10:00",
  "+12026-01-01T10:00",
  "2026-11-01T01:30",
  "2027-03-14T02:30",
];

test("odd input about students and at doors is refused, and nothing fails", async () => {
  const student = { name: "Mia", timeZone: "America/Vancouver" };
  const { id } = await addStudent(segue.ctx, tutor, student);
  const { sessionIds } = await addLessons(segue.ctx, tutor, id, {
    subject: "A",
    durationMinutes: 60,
    timeZone: "America/Vancouver",
    startsAt: at(24),
    repeatWeekly: 3,
  });
  const [first = ""] = sessionIds;
  const token = (await linkToHandOver(segue.ctx, tutor, first)).url.split("/j/")[1] ?? "";
  const said: string[] = [];
  for (const one of odd) {
    const body =
      one && typeof one === "object" && !Array.isArray(one) ? { ...student, ...one } : one;
    said.push(await how(() => addStudent(segue.ctx, tutor, body)));
    said.push(await how(() => changeStudent(segue.ctx, tutor, id, one)));
    said.push(await how(() => askStudentAgain(segue.ctx, tutor, id, one)));
    said.push(await how(() => addLessons(segue.ctx, tutor, id, one)));
    said.push(await how(() => askAtDoor(segue.ctx, token, one)));
  }
  for (const startsAtLocal of starts) {
    for (const timeZone of ["America/Vancouver", "Pacific/Apia", "Africa/Monrovia"]) {
      said.push(
        await how(() =>
          addLessons(segue.ctx, tutor, id, {
            subject: "A",
            durationMinutes: 60,
            timeZone,
            startsAtLocal,
            repeatWeekly: 52,
          }),
        ),
      );
      said.push(await how(() => askAtDoor(segue.ctx, token, { startsAtLocal, timeZone })));
      said.push(
        await how(() =>
          rescheduleSession(segue.ctx, tutor, first, { startsAtLocal, timeZone, scope: "all" }),
        ),
      );
    }
  }
  for (const bad of [
    "",
    "x",
    "../..",
    "%00",
    "\u0000",
    `${token}x`,
    token.slice(1),
    token.toUpperCase().slice(0, 37),
  ]) {
    said.push(await how(() => readDoor(segue.ctx, bad)));
    said.push(await how(() => getStudent(segue.ctx, tutor, bad)));
    said.push(await how(() => removeStudent(segue.ctx, tutor, bad)));
  }
  expect(said.filter((one) => one !== "done" && one !== "refused")).toEqual([]);
});

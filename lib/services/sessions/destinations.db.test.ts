import { expect, test } from "vitest";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { scene } from "#tests/harness/scene.ts";
import { cancelSession } from "./cancelSession.ts";
import { destinations } from "./destinations.ts";

const { segue, tutor, student } = scene({ student: { name: "Mia" } });

test("each side finds its own lessons ahead by the other's name, and a tutor their students too", async () => {
  await segue.connect(tutor, "zoom");
  const [first, cancelled] = await segue.lessons(tutor, student, 2);
  await cancelSession(segue.ctx, tutor, cancelled ?? "");
  await addStudent(segue.ctx, tutor, {
    name: "Dora",
    timeZone: "UTC",
    email: "dora@families.example",
  });
  const forTutor = await destinations(segue.ctx, tutor);
  expect(forTutor.people.map(({ name }) => name)).toEqual(["Dora", "Mia"]);
  expect(forTutor.lessons).toMatchObject([{ id: first, subject: "Lesson 1.", name: "Mia" }]);
  const forStudent = await destinations(segue.ctx, student);
  expect(forStudent.people).toEqual([]);
  expect(forStudent.lessons).toMatchObject([{ id: first, name: tutor.name }]);
  expect(JSON.stringify([forTutor, forStudent])).not.toContain("@");
});

test("nobody finds what is another's", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  for (const stranger of [await segue.person("tutor"), await segue.person("student")]) {
    expect(await destinations(segue.ctx, stranger)).toMatchObject({ people: [], lessons: [] });
  }
});

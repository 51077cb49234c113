/** Tutors and families who act at one moment: nobody's work is lost, and nobody waits for each other. */
import { expect, inject, test } from "vitest";
import { endMyLinks } from "#lib/services/doors/endMyLinks.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { mia, newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { refusal, scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { answerAsk } from "./answer.ts";
import { askStudentAgain, changeStudent, removeStudent } from "./changeStudent.ts";
import { listStudents } from "./listStudents.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const { at, lessonsFor, linksTo, questionTo, withLessons } = unsigned(segue, ownMailbox());

/** The embedded database runs one transaction after the other, so there one can't wait for another. */
const onServer = test.runIf(inject("engine") === "postgres");

/** A context whose transactions stop at the first mail that they write, until `go`. */
function pausing(): { ctx: Context; reached: Promise<void>; go: () => void } {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let isFirst = true;
  const nudgeMail = async () => {
    if (!isFirst) return;
    isFirst = false;
    reached.resolve();
    await gate.promise;
  };
  return { ctx: { ...segue.ctx, nudgeMail }, reached: reached.promise, go: () => gate.resolve() };
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

/** Until another transaction waits for one that is stopped, or is through without. */
async function waitsOr(second: Promise<unknown>) {
  let isOver = false;
  void second.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const waiting = await segue.rows(
      `select from pg_locks l join pg_database d on d.oid = l.database
        where d.datname = current_database() and not l.granted`,
    );
    if (waiting.length > 0) return;
  }
}

/** The first stops at the mail that it writes, the second comes meanwhile. */
async function meet(
  first: (ctx: Context) => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<string[]> {
  const { ctx, reached, go } = pausing();
  const one = outcome(first(ctx));
  // Whatever ends without a mail would otherwise be waited for in vain.
  await Promise.race([reached, one]);
  const two = outcome(second());
  await waitsOr(two);
  go();
  return Promise.all([one, two]);
}

/** An account whose links have a higher version, so that a claim writes a mail, and stops there. */
async function withEndedLinks(email: string): Promise<Person> {
  const account = await segue.person("student", { email: newAddress() });
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, account, 1, { startsAt: new Date(at(40)) });
  await endMyLinks(segue.ctx, account);
  await segue.rows(
    `update private.addresses set email = '${email}' where person_id = '${account.id}'`,
  );
  return account;
}

onServer("a student whom a tutor adds while the address is confirmed isn't lost", async () => {
  const email = newAddress();
  await addStudent(segue.ctx, tutor, { ...mia, email });
  const other = await segue.person("tutor");
  await segue.person("student", { email, isConfirmed: false });
  const added = { ...mia, email, guardianEmail: newAddress() };
  const both = await meet(
    (ctx) => addStudent(ctx, other, added),
    () => confirmByHand(segue.ctx, email),
  );
  expect(both).toEqual(["done", "done"]);
  expect((await listStudents(segue.ctx, other)).items).toHaveLength(1);
});

for (const [what, change] of [
  ["changes", (id: string) => changeStudent(segue.ctx, tutor, id, { email: newAddress() })],
  ["asks again about", (id: string) => askStudentAgain(segue.ctx, tutor, id, { kind: "student" })],
] as const) {
  onServer(
    `a tutor who ${what} a student while they say yes gets an answer, and so do they`,
    async () => {
      const account = await segue.person("student");
      const { id } = await withLessons(tutor, { email: account.email });
      const token = await questionTo(account.email);
      const both = await meet(
        (ctx) => answerAsk(ctx, token, { answer: "yes" }),
        async () => expect((await refusal(change(id))).code).toBe("not_found"),
      );
      expect(both).toEqual(["done", "done"]);
    },
  );
}

onServer(
  "a tutor who renames a student while an account takes their place gets an answer",
  async () => {
    const email = newAddress();
    const { id } = await withLessons(tutor, { email });
    const token = await questionTo(email);
    await withEndedLinks(email);
    const both = await meet(
      (ctx) => answerAsk(ctx, token, { answer: "yes" }),
      () => changeStudent(segue.ctx, tutor, id, { name: "Maya" }),
    );
    expect(both).toEqual(["done", expect.stringMatching(/^not_found /)]);
  },
);

onServer(
  "another tutor who adds the address while an account takes its place gets an answer",
  async () => {
    const email = newAddress();
    await withLessons(tutor, { email });
    const token = await questionTo(email);
    await withEndedLinks(email);
    const other = await segue.person("tutor");
    const both = await meet(
      (ctx) => answerAsk(ctx, token, { answer: "yes" }),
      () => addStudent(segue.ctx, other, { ...mia, email }),
    );
    expect(both).toEqual(["done", "done"]);
  },
);

onServer(
  "two tutors who enter a child's and a parent's address the other way round wait for nobody",
  async () => {
    const [email, guardianEmail] = [newAddress(), newAddress()];
    const other = await segue.person("tutor");
    const both = await meet(
      (ctx) => addStudent(ctx, tutor, { ...mia, email, guardianEmail }),
      () => addStudent(segue.ctx, other, { ...mia, email: guardianEmail, guardianEmail: email }),
    );
    expect(both).toEqual(["done", "done"]);
  },
);

test("yes pressed twice at one moment brings the links once", async () => {
  const email = newAddress();
  await withLessons(tutor, { email });
  const token = await questionTo(email);
  await Promise.all([1, 2].map(() => answerAsk(segue.ctx, token, { answer: "yes" })));
  expect(await linksTo(email)).toHaveLength(1);
});

test("an account that is confirmed several times at once has its lessons once", async () => {
  const email = newAddress();
  await withLessons(tutor, { email });
  await segue.person("student", { email, isConfirmed: false });
  const all = await Promise.all([1, 2, 3, 4].map(() => outcome(confirmByHand(segue.ctx, email))));
  expect(all).toEqual(["done", "done", "done", "done"]);
  expect((await listStudents(segue.ctx, tutor)).items).toHaveLength(1);
});

test("a student who is taken off the list at the moment when lessons are entered is on it if they have any", async () => {
  const { id, first } = await withLessons(tutor);
  await cancelSession(segue.ctx, tutor, first);
  await Promise.allSettled([removeStudent(segue.ctx, tutor, id), lessonsFor(tutor, id, 30)]);
  const ahead = await segue.rows(
    `select from sessions where student_id = '${id}' and status = 'SCHEDULED'`,
  );
  expect((await listStudents(segue.ctx, tutor)).items).toHaveLength(ahead.length);
});

import { expect, test } from "vitest";
import { asService } from "#lib/platform/db.ts";
import { limits } from "#lib/records/limits/rules.ts";
import { scene } from "#tests/harness/scene.ts";
import { admitMail, type StrangersMail } from "./admitMail.ts";

const { segue, student } = scene();
const [hour, day] = limits.strangersMail.windows;
const kinds: StrangersMail[] = [
  "confirmation",
  "change",
  "guardian",
  "invitation",
  "again",
  "reset",
];

let people = 0;

test("however many verbs mail to one mailbox, it gets no more than the table says in sum", async () => {
  const email = somebody();
  expect(await everyKind(email, 8)).toBe(hour.most);
  expect(await mail(somebody(), "confirmation")).toBeNull();
});

test("and no more in a day, though each hour has room", async () => {
  const email = somebody();
  let sent = 0;
  for (let hours = 0; hours < 23; hours++) {
    sent += await everyKind(email, 2);
    segue.clock.advance({ hours: 1 });
  }
  expect(sent).toBe(day.most);
});

test("of many at once exactly as many are written as there is room for", async () => {
  const email = somebody();
  const all = await Promise.all(Array.from({ length: 20 }, () => mail(email, "confirmation")));
  expect(all.filter((refused) => refused === null).length).toBe(hour.most);
});

test("one person names a few other addresses a day, each at another mailbox", async () => {
  const { most } = limits.addressAsked.windows[0];
  for (let times = 0; times < most; times++) {
    expect(await mail(somebody(), "change", student.id)).toBeNull();
  }
  expect(await mail(somebody(), "change", student.id)).toMatchObject({
    key: "tooMany.addressAsked",
  });
});

test("one student asks a few guardians a day, each at another address", async () => {
  const { most } = limits.guardianAsked.windows[0];
  for (let times = 0; times < most; times++) {
    expect(await mail(somebody(), "guardian", student.id)).toBeNull();
  }
  const another = somebody();
  expect(await mail(another, "guardian", student.id)).toMatchObject({
    code: "too_many",
    key: "tooMany.guardianAsked",
  });
  // What was refused for the asker isn't counted for the mailbox.
  for (let times = 0; times < hour.most; times++) expect(await mail(another, "again")).toBeNull();
});

const mail = (email: string, kind: StrangersMail, asker?: string) =>
  asService(segue.ctx.db, (trx) => admitMail(segue.ctx, trx, email, kind, asker));

const somebody = () => `somebody${people++}@people.example`;

/** @returns how many of so many rounds over all kinds were let through, each kind by another spelling */
async function everyKind(email: string, rounds: number): Promise<number> {
  let sent = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [index, kind] of kinds.entries()) {
      const spelt = [email, email.toUpperCase(), email.replace("@", `+${round}@`)][index % 3];
      if (!(await mail(spelt ?? email, kind, student.id))) sent += 1;
    }
  }
  return sent;
}

import { expect, test } from "vitest";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { newAddress, unsigned } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { changeStudent } from "./changeStudent.ts";
import { listStudents } from "./listStudents.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const { linksTo, mailsTo, say, tokenOf, withLessons } = unsigned(segue, ownMailbox());

/** Tables as they were while tutors who gave one address shared the person. */
const EARLIER = `
  drop table private.refusals_told;
  alter table public.tutor_students drop column guardian_links, drop column guardian_links_raised_at,
    drop column former_id;
  delete from supabase_migrations.schema_migrations where version = '20261130120000';`;

test("a person whom two tutors shared is each one's own, with the same lessons and links", async () => {
  const [email, guardianEmail] = [newAddress(), newAddress()];
  const other = await segue.person("tutor");
  const one = await withLessons(tutor, { email });
  const two = await withLessons(other, { email, guardianEmail, name: "M." });
  await say(email);
  await say(guardianEmail);
  const [guardians] = (await linksTo(guardianEmail)).map(
    ({ text }) => /\/j\/(\w+)/.exec(text)?.[1],
  );
  const links = [await tokenOf(tutor, one.first), await tokenOf(other, two.first), guardians ?? ""];
  await segue.database.exec(EARLIER);
  await share(one.id, two.id);
  expect(await migrate(segue.database, MIGRATIONS)).toEqual(["one_tutor_each"]);

  const [own] = (await listStudents(segue.ctx, tutor)).items;
  const [theirs] = (await listStudents(segue.ctx, other)).items;
  expect([own, theirs]).toMatchObject([
    { name: "Mia", lessonsAhead: 1, address: { email } },
    { name: "M.", lessonsAhead: 1, address: { email }, guardian: { email: guardianEmail } },
  ]);
  expect(own?.id).not.toBe(theirs?.id);
  for (const token of links)
    expect(await readDoor(segue.ctx, token)).toMatchObject({ hasEnded: false });
  await changeStudent(segue.ctx, other, theirs?.id ?? "", { email: newAddress() });
  expect(await readDoor(segue.ctx, links[0] ?? "")).toMatchObject({ hasEnded: false });
});

test("of a person whom two tutors shared, each tutor's cancellations that wait are sent", async () => {
  const email = newAddress();
  const guardianEmail = newAddress();
  const other = await segue.person("tutor");
  const one = await withLessons(tutor, { email });
  await say(email);
  const two = await withLessons(other, { email, guardianEmail, name: "M." });
  await say(email);
  await say(guardianEmail);
  const before = [(await mailsTo(email)).length, (await mailsTo(guardianEmail)).length];
  await cancelSession(segue.ctx, tutor, one.first);
  await cancelSession(segue.ctx, other, two.first);
  await segue.database.exec(EARLIER);
  await share(one.id, two.id);
  expect(await migrate(segue.database, MIGRATIONS)).toEqual(["one_tutor_each"]);
  const after = [(await mailsTo(email)).length, (await mailsTo(guardianEmail)).length];
  expect(after.map((n, i) => n - (before[i] ?? 0))).toEqual([2, 1]);
});

/** As they were while two tutors shared one. */
async function share(one: string, two: string) {
  for (const [table, column] of [
    ["public.tutor_students", "student_id"],
    ["public.bookings", "student_id"],
    ["public.sessions", "student_id"],
    ["private.asks", "student_id"],
    ["public.mails", "person_id"],
  ] as const) {
    await segue.rows(`update ${table} set ${column} = '${one}' where ${column} = '${two}'`);
  }
}

import { expect, test } from "vitest";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { answerAsk } from "#lib/services/students/answer.ts";
import { getPreferences } from "#lib/services/telling/preferences.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import { tokenIn } from "#tests/harness/asking/guardian.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene({ student: { name: "Dev" } });
const mailbox = ownMailbox();

/** The tables as they were before anybody was asked. */
const EARLIER = `
  drop table private.answer_links, private.questions, private.mailboxes, private.asks,
    private.installation_keys, private.link_versions;
  drop policy seen on public.people;
  create policy self on public.people for select to authenticated using (false);
  create policy students_of_a_tutor on public.people for select to authenticated using (false);
  create policy tutors_are_listed on public.people for select to authenticated using (false);
  create policy tutors_of_a_student on public.people for select to authenticated using (false);
  drop policy seen on public.session_joins;
  create policy own on public.session_joins for select to authenticated using (false);
  create policy own_lessons on public.session_joins for select to authenticated using (false);
  drop table public.tutor_students;
  alter table public.people drop column has_account;
  alter table public.bookings drop column origin;
  alter table public.session_joins drop column as_guardian;
  alter table private.mail_texts drop column unsubscribe_url;
  alter table public.mail_preferences add column guardian_email text;
  delete from supabase_migrations.schema_migrations where version 
    in ('20261129130000', '20261129200000', '20261130090000', '20261201160000');`;

test("a guardian's address that stood there counts as a yes, and can be ended by each mail", async () => {
  const others = [await segue.person("student"), await segue.person("student")];
  const addresses = [" Pa.Pa+Dev@Gmail.com ", "mama@people.example", null];
  await segue.database.exec(EARLIER);
  for (const [index, { id }] of [student, ...others].entries()) {
    const email = addresses[index] ? `'${addresses[index]}'` : "null";
    await segue.rows(`insert into mail_preferences
      (person_id, remind_day, remind_hour, room_news, guardian_email, updated_at)
      values ('${id}', false, true, true, ${email}, '2026-10-01T00:00:00Z')`);
  }
  expect(await migrate(segue.database, MIGRATIONS)).toEqual([
    "asking",
    "personal_links",
    "students",
    "advised",
  ]);

  expect(await getPreferences(segue.ctx, student)).toEqual({
    remindDay: false,
    remindHour: true,
    roomNews: true,
    guardianEmail: "pa.pa+dev@gmail.com",
    guardian: { state: "agreed", askedAt: null, askAgainAt: null },
    saidNever: false,
  });
  for (const [index, email] of ["mama@people.example", null].entries()) {
    const other = others[index] ?? student;
    expect((await getPreferences(segue.ctx, other)).guardianEmail).toBe(email);
  }
  expect(await segue.rows("select mailbox from private.asks order by mailbox")).toEqual([
    { mailbox: "mama@people.example" },
    { mailbox: "papa@gmail.com" },
  ]);

  await segue.connect(tutor, "zoom");
  await segue.book(tutor, student);
  await sendMails(segue.ctx, mailbox.mailer);
  const [copy, ...more] = mailbox.mails("pa.pa+dev@gmail.com");
  expect(more).toEqual([]);
  expect(copy?.subject).toContain("accepted");
  await answerAsk(segue.ctx, tokenIn(copy?.text ?? ""), { answer: "never" });
  expect(await getPreferences(segue.ctx, student)).toMatchObject({ guardian: { state: "cannot" } });
});

/** Data from before addresses and the texts of mails had tables of their own. */
import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import {
  asService,
  type OpenDatabase,
  openServer,
  overPGlite,
  pgliteOptions,
} from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { personById } from "#lib/records/people/queries.ts";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { claimMail, mailsTo } from "./queries.ts";

const other = ownDatabase();
const name = `before_${randomUUID().replaceAll("-", "")}`;
const mia = randomUUID();
let database: OpenDatabase;

beforeAll(async () => {
  const isServer = inject("engine") === "postgres";
  if (isServer) await sql.raw(`create database ${name}`).execute(other.db);
  database = isServer
    ? openServer(inject("server") + name, 2)
    : overPGlite(await PGlite.create(pgliteOptions));
  await migrateAsBefore();
  await database.exec(`
    insert into identity."user" (id, name, email, role, time_zone)
    values ('${mia}', 'Mia', 'mia@people.example', 'student', 'Etc/UTC');
    ${["sent", "queued", "failed"].map(mail).join("\n")}`);
  await migrate(database, MIGRATIONS);
});
afterAll(async () => {
  await database?.close();
  if (inject("engine") === "postgres") {
    await sql.raw(`drop database if exists ${name} with (force)`).execute(other.db);
  }
});

test("everybody keeps their address, confirmed by nobody", async () => {
  const person = await asService(database.db, (trx) => personById(trx, mia));
  expect(person).toMatchObject({ name: "Mia", email: "mia@people.example" });
  const rows = await database.db.selectFrom("private.addresses").selectAll().execute();
  expect(rows).toEqual([{ person_id: mia, email: "mia@people.example" }]);
});

test("of mails that were sent, only whom they went to and the subject is left; others are whole", async () => {
  const rows = await database.db
    .selectFrom("private.mail_texts as t")
    .innerJoin("mails as m", "m.id", "t.mail_id")
    .select(["m.status", "t.to_email", "t.to_name", "t.subject"])
    .select(["t.text_body", "t.html_body", "t.calendar_body"])
    .orderBy("m.status")
    .execute();
  const whole = { to_name: "Mia", text_body: "text", html_body: "html", calendar_body: "calendar" };
  const erased = { to_name: null, text_body: null, html_body: null, calendar_body: null };
  const of = (status: string) => ({ status, to_email: "mia@people.example", subject: status });
  expect(rows).toEqual([
    { ...of("failed"), ...whole },
    { ...of("queued"), ...whole },
    { ...of("sent"), ...erased },
  ]);
});

test("a mail that waits is sent, and support sees all of them", async () => {
  const now = new Date("2026-11-02T09:00:00Z");
  await asService(database.db, async (trx) => {
    expect(await claimMail(trx, now, now)).toMatchObject({
      subject: "queued",
      text_body: "text",
      calendar_method: "REQUEST",
    });
    expect(await mailsTo(trx, ["mia@people.example"], 10)).toHaveLength(3);
  });
});

const mail = (status: string) => `
  insert into public.mails (to_email, to_name, subject, text_body, html_body, calendar_method, calendar_body,
    status, next_attempt_at, created_at, sent_at)
  values ('mia@people.example', 'Mia', '${status}', 'text', 'html', 'REQUEST', 'calendar', '${status}',
    '2026-11-01', '2026-11-01', ${status === "sent" ? "'2026-11-01'" : "null"});`;

async function migrateAsBefore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "segue-before-"));
  const filter = (file: string) => !file.endsWith(".sql") || basename(file) < "20261129110000";
  cpSync(MIGRATIONS, folder, { recursive: true, filter });
  await migrate(database, folder).finally(() => rmSync(folder, { recursive: true }));
}

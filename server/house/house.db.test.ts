/** A house with data of real verbs moves between both databases, and everything is the same there. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Db, type OpenDatabase, openEmbedded, openServer } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { everyRow } from "#tests/harness/databases/everyRow.ts";
import { copyMigrated, onServer } from "#tests/harness/databases/migratedServer.ts";
import { scene } from "#tests/harness/scene.ts";
import { exportHouse } from "./exportHouse.ts";
import { openHouse } from "./file.ts";
import { assertEmpty, begun, importHouse } from "./importHouse.ts";
import { assertOpens, assertThisVersion, newestMigration, readManifest } from "./manifest.ts";

const MARKS = "private.tutors_to_look_at";
const PASSPHRASE = "a passphrase of these tests";

/** What our own tables have none of yet, or not all of at once. */
const ODDITIES = `
  create table public."Odd ""things""" (
    "the number" bigint generated always as identity primary key,
    twice bigint generated always as ("the number" * 2) stored,
    at timestamptz, amount numeric, share double precision, bytes bytea, lasts interval,
    words text[], more jsonb, is_so boolean
  )`;
const ODD_ROWS = `
  insert into public."Odd ""things""" (at, amount, share, bytes, lasts, words, more, is_so) values
    ('2026-03-29 01:59:59.999999+00', 123456789012345678901234567890.000100, 0.1::float8 + 0.2::float8, '\\x00ff5c27',
     '1 mon 2 days 03:04:05.000006', array['a,"b"', null, E'tab\\tand\\nline', '\\N', '{}'],
     '{"big": 12345678901234567890.10, "text": "\\"\\u2028\\\\"}', true),
    ('infinity', 'NaN', '-Infinity', '', '-00:00:01', '{}', 'null', false),
    (null, null, null, null, null, null, null, null)`;

const { segue, tutor, switched } = scene({ shared: true });

let folder: string;
let count = 0;
const newFile = () => join(folder, `house-${++count}`);
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segue-house-"));
  await switched(4);
  await segue.database.exec(`
    update public.people set name = E'Zoë "Q" \\\\ \\t\\n 🎓 \\u2028 ''x''' where id = '${tutor.id}';
    update public.sessions set created_at = '2026-01-02 03:04:05.678901+00';
    ${ODDITIES}; ${ODD_ROWS};`);
});
afterAll(async () => {
  for (const one of undo.reverse()) await one();
  rmSync(folder, { recursive: true, force: true });
});

async function newServer(): Promise<OpenDatabase> {
  const server = inject("server");
  const url = await copyMigrated(server);
  const database = openServer(url, 2);
  undo.push(() => onServer(server, `drop database ${url.slice(server.length)} with (force)`));
  undo.push(() => database.close());
  await database.exec(ODDITIES);
  return database;
}

async function newEmbedded(): Promise<OpenDatabase> {
  const database = await openEmbedded(join(folder, `data-${++count}`));
  undo.push(() => database.close());
  await migrate(database, MIGRATIONS);
  await database.exec(ODDITIES);
  return database;
}

async function exported(from: OpenDatabase, withKeys = false): Promise<string> {
  const file = newFile();
  await exportHouse(from, segue.ctx.config, { file, passphrase: PASSPHRASE, withKeys });
  return file;
}

async function imported(file: string, to: OpenDatabase): Promise<number> {
  const lines = (await openHouse(file)).lines(PASSPHRASE);
  const manifest = await readManifest(lines);
  return importHouse(to, { manifest, lines }, () => undefined);
}

async function withoutMarks(db: Db): Promise<Awaited<ReturnType<typeof everyRow>>> {
  return { ...(await everyRow(db)), [MARKS]: [] };
}

/** What an import switches off for a while. */
async function rulesOf(db: Db) {
  const { rows: triggers } = await sql<{ name: string; enabled: string }>`
    select format('%s %s', tgrelid::regclass, tgname) as name, tgenabled as enabled
      from pg_trigger where not tgisinternal order by 1`.execute(db);
  const { rows: constraints } = await sql`
    select conrelid::regclass::text as table, conname as name, condeferrable, condeferred, convalidated,
           pg_get_constraintdef(oid) as says
      from pg_constraint where contype in ('f', 'x', 'c', 'u', 'p') and connamespace::regnamespace::text
        in ('public', 'private', 'identity') order by 1, 2`.execute(db);
  const { rows: inside } = await sql`
    select tgrelid::regclass::text as table, tgenabled, tgdeferrable, tginitdeferred, count(*)::int
      from pg_trigger where tgisinternal group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db);
  const { rows: generated } = await sql`
    select attrelid::regclass::text as table, attname, attgenerated from pg_attribute
     where attgenerated <> '' order by 1, 2`.execute(db);
  return { triggers, constraints, inside, generated };
}

test("from a server into a folder, back, and to another server: every value of every row is the same", async () => {
  const before = await withoutMarks(segue.ctx.db);
  expect(before["public.sessions"]).toHaveLength(4);
  expect(before['public."Odd ""things"""']).toHaveLength(3);
  const rules = await rulesOf(segue.ctx.db);
  expect(rules.generated).toContainEqual({
    table: "sessions",
    attname: "duration_minutes",
    attgenerated: "s",
  });
  let from: OpenDatabase = segue.database;
  for (const next of [newEmbedded, newServer, newServer]) {
    const to = await next();
    const rows = Object.values(await everyRow(from.db)).flat();
    expect(await imported(await exported(from), to)).toBe(rows.length);
    expect(await withoutMarks(to.db)).toEqual(before);
    expect(await rulesOf(to.db)).toEqual(rules);
    expect(rules.triggers.map(({ enabled }) => enabled)).not.toContain("D");
    const { rows: marked } = await sql`select tutor_id from private.tutors_to_look_at`.execute(
      to.db,
    );
    expect(marked).toEqual([{ tutor_id: tutor.id }]);
    from = to;
  }
});

test("after an import lessons can't overlap, triggers act, and numbers go on after the highest", async () => {
  const to = await newServer();
  await imported(await exported(segue.database), to);
  const overlapping = sql`
    update public.sessions s set scheduled_start_at = o.scheduled_start_at, scheduled_end_at = o.scheduled_end_at
      from public.sessions o where o.id <> s.id and s.id = (select min(id::text)::uuid from public.sessions)
       and o.id = (select max(id::text)::uuid from public.sessions)`.execute(to.db);
  await expect(overlapping).rejects.toThrow("sessions_do_not_overlap");
  const nobodys = sql`
    update public.sessions set meeting_id = gen_random_uuid()`.execute(to.db);
  await expect(nobodys).rejects.toThrow("sessions_meeting");
  await to.exec(`delete from ${MARKS}; update public.sessions set revision = revision + 1`);
  expect((await everyRow(to.db))[MARKS]).toHaveLength(4);
  const { rows } = await sql`
    insert into public."Odd ""things""" (at) values (null)
    returning "the number"::int as number, twice::int`.execute(to.db);
  expect(rows).toEqual([{ number: 4, twice: 8 }]);
});

test("a database that somebody has begun to use is refused, and left as it is", async () => {
  const file = await exported(segue.database);
  const to = await newServer();
  await imported(file, to);
  const before = await everyRow(to.db);
  await expect(imported(file, to)).rejects.toThrow(
    /^This database isn't empty: there are rows in [^\n]+\. Import into a new one\.$/,
  );
  expect(await everyRow(to.db)).toEqual(before);

  const fresh = await newServer();
  const rows = await everyRow(fresh.db);
  const filled = Object.keys(rows).filter((name) => rows[name]?.length);
  // What the migrations themselves put there isn't somebody's.
  expect(filled.sort()).toEqual(begun);
  await assertEmpty(fresh.db);
  await fresh.exec(`insert into identity."user" (id, name, email, role, time_zone, language)
    values (gen_random_uuid(), 'One', 'one@people.example', 'student', 'Etc/UTC', 'en')`);
  await expect(assertEmpty(fresh.db)).rejects.toThrow("isn't empty");
});

test("an import that breaks off leaves nothing: neither rows nor switched-off rules", async () => {
  const to = await newServer();
  const before = { rows: await everyRow(to.db), rules: await rulesOf(to.db) };
  const file = await exported(segue.database);
  const cut = newFile();
  writeFileSync(cut, readFileSync(file).subarray(0, -1));
  await expect(imported(cut, to)).rejects.toThrow("was cut off or altered");
  await to.exec("alter table public.sessions add constraint no_lessons check (false)");
  await expect(imported(file, to)).rejects.toThrow(
    /^Nothing was imported \([^\n]+no_lessons[^\n]+\)\. [^\n]+$/,
  );
  await to.exec("alter table public.sessions drop constraint no_lessons");
  expect({ rows: await everyRow(to.db), rules: await rulesOf(to.db) }).toEqual(before);
  // The keys are put in place last; where that fails, nothing is imported either.
  const lines = (await openHouse(file)).lines(PASSPHRASE);
  const manifest = await readManifest(lines);
  const keeping = importHouse(to, { manifest, lines }, () => {
    throw new Error("There is no room for the keys");
  });
  await expect(keeping).rejects.toThrow("no room for the keys");
  expect({ rows: await everyRow(to.db), rules: await rulesOf(to.db) }).toEqual(before);
  await imported(file, to);
});

test("a table that isn't the same on both sides is named, before anything is written", async () => {
  const file = await exported(segue.database);
  const to = await newServer();
  await to.exec(`alter table public."Odd ""things""" drop column more`);
  await expect(imported(file, to)).rejects.toThrow(
    `The table public."Odd ""things""" isn't the same in the file and here.`,
  );
  await to.exec(`drop table public."Odd ""things"""; create table public.another (id int)`);
  await expect(imported(file, to)).rejects.toThrow(
    /^The file holds the table [^\n]+, which isn't one of Segue's\. [^\n]+$/,
  );
});

test("keys come along only when they are asked for, and those that don't fit are noticed", async () => {
  const manifestOf = async (withKeys: boolean) =>
    readManifest((await openHouse(await exported(segue.database, withKeys))).lines(PASSPHRASE));
  const without = await manifestOf(false);
  expect(without.keys).toBe(null);
  const { authSecret, tokenKeys } = segue.ctx.config;
  const key = tokenKeys[0]?.secret.toString("base64");
  expect((await manifestOf(true)).keys).toEqual({ authSecret, tokenKeys: `k1:${key}` });
  expect(without.samples).toHaveLength(1);
  assertOpens(without, tokenKeys);
  for (const others of [
    [],
    [{ id: "k2", secret: Buffer.alloc(32, 1) }],
    // Another key of the same name.
    [{ id: "k1", secret: Buffer.alloc(32, 2) }],
  ]) {
    expect(() => assertOpens(without, others)).toThrow(/^TOKEN_ENCRYPTION_KEYS here [^\n]+$/);
  }
  const misfit = { ...segue.ctx.config, tokenKeys: [{ id: "k9", secret: Buffer.alloc(32, 9) }] };
  const exporting = { file: newFile(), passphrase: PASSPHRASE, withKeys: true };
  await expect(exportHouse(segue.database, misfit, exporting)).rejects.toThrow(
    /^TOKEN_ENCRYPTION_KEYS doesn't open all tokens [^\n]+$/,
  );
});

test("a role that doesn't see everything exports nothing, instead of a part", async () => {
  const role = `reads_${randomUUID().replaceAll("-", "")}`;
  await segue.database.exec(`
    create role ${role} login;
    grant usage on schema private, identity, supabase_migrations to ${role};
    grant select on all tables in schema public, private, identity, supabase_migrations to ${role}`);
  const url = new URL(segue.database.url ?? "");
  url.username = role;
  const reader = openServer(url.href, 1);
  undo.push(() => reader.close());
  await expect(exported(reader)).rejects.toThrow(
    /^Nothing was exported \([^\n]+row-level security[^\n]+\)\. The database's owner may: [^\n]+$/,
  );
});

test("files of other versions are refused, each with what to do", async () => {
  assertThisVersion(newestMigration());
  expect(() => assertThisVersion("99990101000000")).toThrow(/newer Segue [^\n]+Upgrade this one/);
  expect(() => assertThisVersion("20200101000000")).toThrow(
    /older Segue [^\n]+Upgrade the old one/,
  );
  const behind = await newServer();
  await behind.exec(`delete from supabase_migrations.schema_migrations
    where version = '${newestMigration()}'`);
  await expect(exported(behind)).rejects.toThrow(/^This database lacks \w+\. [^\n]+$/);
  const ahead = await newServer();
  await ahead.exec(`insert into supabase_migrations.schema_migrations (version, name)
    values ('99990101000000', 'later')`);
  await expect(exported(ahead)).rejects.toThrow("belongs to a newer Segue");
});

import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { asPerson, asService, transaction } from "#lib/platform/db.ts";
import type { Person } from "#lib/services/context.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { beginAuthorization } from "#lib/services/switching/authorize.ts";
import { makeCalendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";

const { segue, tutor, student } = scene({ shared: true });
let otherTutor: Person;
let otherStudent: Person;

const readable = {
  people: "id, name, role, time_zone",
  bookings: "*",
  sessions: "*",
  session_joins: "*",
  tutor_video_provider_connections: "id, provider, account_email",
  retired_video_provider_connections: "id, provider, account_email",
  meetings: "*",
  migrations: "*",
  migration_sessions: "*",
  mail_preferences: "*",
  notes: "*",
  calendar_feeds: "person_id, created_at",
} as const;

const hidden = [
  "oauth_attempts",
  "mails",
  "reminders",
  "installation",
  "provider_budgets",
  "provider_circuits",
  "provider_plans",
] as const;
beforeAll(fillEveryTable);

test("every table of the app has row-level security on", async () => {
  const tables = await segue.rows(`select relname, relrowsecurity from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`);
  expect(tables.filter(({ relrowsecurity }) => relrowsecurity !== true)).toEqual([]);
  const known: Table[] = [...(Object.keys(readable) as Table[]), ...hidden];
  expect(tables.map(({ relname }) => relname)).toEqual(known.sort());
});

test("there is something in every table to be hidden", async () => {
  for (const table of [...Object.keys(readable), ...hidden]) {
    expect(await segue.rows(`select from ${table} limit 1`), table).toHaveLength(1);
  }
});

test.each([...Object.keys(readable), ...hidden])(
  "nobody signed in sees nothing of %s",
  async (table) => {
    await expect(asAnonymous(`select count(*) from ${table}`)).rejects.toThrow(/permission denied/);
  },
);

test.each(hidden)("no person sees anything of %s", async (table) => {
  await expect(run(tutor, `select count(*) from ${table}`)).rejects.toThrow(/permission denied/);
});

test("a tutor sees what is theirs, another tutor and another student nothing of it", async () => {
  const own = {
    bookings: 2,
    sessions: 2,
    session_joins: 1,
    tutor_video_provider_connections: 1,
    retired_video_provider_connections: 1,
    meetings: 4,
    migrations: 1,
    migration_sessions: 2,
    calendar_feeds: 1,
  };
  for (const [name, expected] of Object.entries(own)) {
    const table = name as keyof typeof own;
    expect(await count(tutor, table), table).toBe(expected);
    expect(await count(otherTutor, table), `${table} by another tutor`).toBe(0);
    expect(await count(otherStudent, table), `${table} by another student`).toBe(0);
  }
});

test("a student sees their bookings, lessons and joins, and nothing of the tutor's workings", async () => {
  expect(await count(student, "bookings")).toBe(2);
  expect(await count(student, "sessions")).toBe(2);
  expect(await count(student, "session_joins")).toBe(1);
  expect(await count(student, "mail_preferences")).toBe(1);
  expect(await count(student, "notes")).toBe(2);
  for (const table of [
    "tutor_video_provider_connections",
    "retired_video_provider_connections",
    "meetings",
    "migrations",
    "migration_sessions",
    "calendar_feeds",
  ] as const) {
    expect(await count(student, table), table).toBe(0);
  }
});

test("nobody else sees what a student chose or is notified of", async () => {
  for (const person of [tutor, otherTutor, otherStudent]) {
    expect(await count(person, "mail_preferences")).toBe(0);
    expect(await count(person, "notes")).toBe(0);
  }
});

test("people see tutors, themselves and their own students, and nobody's address", async () => {
  const names = async (person: Person) => {
    const { rows } = await run(person, "select id from people");
    return new Set((rows as { id: string }[]).map(({ id }) => id));
  };
  expect(await names(tutor)).toEqual(new Set([tutor.id, otherTutor.id, student.id]));
  expect(await names(otherTutor)).toEqual(new Set([tutor.id, otherTutor.id]));
  expect(await names(student)).toEqual(new Set([tutor.id, otherTutor.id, student.id]));
  await expect(run(tutor, "select email from people")).rejects.toThrow(/permission denied/);
});

test.each(["access_token_encrypted", "refresh_token_encrypted", "refresh_lease_id"])(
  "%s can't be read, not even by its tutor",
  async (column) => {
    for (const table of [
      "tutor_video_provider_connections",
      "retired_video_provider_connections",
    ]) {
      const query = `select ${column} from ${table}`;
      await expect(run(tutor, query)).rejects.toThrow(/permission denied/);
    }
  },
);

test.each([
  "update sessions set join_url = 'https://evil.example/'",
  "update sessions set status = 'COMPLETED'",
  "update people set role = 'admin'",
  "update bookings set status = 'accepted'",
  "update tutor_video_provider_connections set connection_status = 'connected'",
  "delete from sessions",
  "select token_hash from calendar_feeds",
  "delete from calendar_feeds",
  "insert into installation default values",
])("a signed-in person can't %s", async (statement) => {
  await expect(run(tutor, statement)).rejects.toThrow(/permission denied/);
});

test("not even a blanket grant lets a person or a guest into what is private", async () => {
  const tables = await segue.rows(`select relname, relrowsecurity from pg_class
    where relnamespace = 'private'::regnamespace and relkind in ('r', 'p') order by relname`);
  expect(tables.filter(({ relrowsecurity }) => relrowsecurity !== true)).toEqual([]);
  expect(tables.map(({ relname }) => relname)).toEqual([
    "answer_links",
    "asks",
    "installation_keys",
    "mailboxes",
    "questions",
  ]);
  await segue.rows("grant all on all tables in schema private to anon, authenticated");
  for (const { relname } of tables) {
    const query = `select from private.${relname}`;
    await expect(run(student, query)).rejects.toThrow(/permission denied for schema private/);
    await expect(asAnonymous(query)).rejects.toThrow(/permission denied for schema private/);
    await asService(segue.ctx.db, (trx) => sql.raw(query).execute(trx));
  }
});

test("the sign-in's tables can be read by none of the request's roles", async () => {
  for (const table of ["user", "session", "account", "verification", "rate_limit"]) {
    const query = `select from identity."${table}"`;
    await expect(run(tutor, query)).rejects.toThrow(/permission denied/);
    await expect(asAnonymous(query)).rejects.toThrow(/permission denied/);
    await expect(asService(segue.ctx.db, (trx) => sql.raw(query).execute(trx))).rejects.toThrow(
      /permission denied/,
    );
  }
});

type Table = keyof typeof readable | (typeof hidden)[number];

const count = (person: Person, table: keyof typeof readable) =>
  asPerson(segue.ctx.db, { personId: person.id }, async (trx) => {
    const { rows } = await sql.raw(`select ${readable[table]} from ${table}`).execute(trx);
    return rows.length;
  });

const asAnonymous = (statement: string) =>
  transaction(segue.ctx.db, async (trx) => {
    await sql`select set_config('role', 'anon', true)`.execute(trx);
    return sql.raw(statement).execute(trx);
  });

const run = (person: Person, statement: string) =>
  asPerson(segue.ctx.db, { personId: person.id }, (trx) => sql.raw(statement).execute(trx));

async function fillEveryTable(): Promise<void> {
  otherTutor = await segue.person("tutor");
  otherStudent = await segue.person("student");
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 2);
  await segue.connect(tutor, "google_meet");
  await beginAuthorization(segue.ctx, segue.visit(tutor), "zoom", redirectUri("zoom"));
  segue.clock.advance({ hours: 23, minutes: 50 });
  await joinSession(segue.ctx, student, id);
  await updatePreferences(segue.ctx, student, { remindDay: false });
  await notifyPeople(segue.ctx, tutor.id);
  segue.clock.advance({ minutes: -40 });
  await remindPeople(segue.ctx);
  segue.clock.advance({ minutes: 40 });
  await makeCalendarFeed(segue.ctx, tutor);
  await segue.rows("insert into provider_circuits (provider, failures) values ('zoom', 1)");
}

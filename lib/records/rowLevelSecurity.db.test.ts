import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { asPerson, asService, transaction } from "#lib/platform/db.ts";
import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { beginAuthorization } from "#lib/services/switching/authorize.ts";
import { makeCalendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { tables, wordsOf } from "#tests/harness/rights/decided.ts";
import { scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";

const { segue, tutor, student } = scene({ shared: true });
let otherTutor: Person;
let otherStudent: Person;
let writtenDown: string;

const inPublic = Object.entries(tables).flatMap(([name, rights]) =>
  name.startsWith("public.") ? [{ name: name.slice("public.".length), ...rights }] : [],
);
/** By table, the columns that a person may read. */
const readable: Record<string, string> = Object.fromEntries(
  inPublic.flatMap(({ name, person }) =>
    person === undefined ? [] : [[name, wordsOf(person).join(", ")]],
  ),
);
const hidden = inPublic.flatMap(({ name, person }) => (person === undefined ? [name] : []));
beforeAll(fillEveryTable);

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
    lesson_messages: 1,
    change_requests: 1,
    connection_events: 2,
    tutor_video_provider_connections: 1,
    retired_video_provider_connections: 1,
    meetings: 4,
    migrations: 1,
    migration_sessions: 2,
    calendar_feeds: 1,
    tutor_students: 1,
  };
  for (const [table, expected] of Object.entries(own)) {
    expect(await count(tutor, table), table).toBe(expected);
    expect(await count(otherTutor, table), `${table} by another tutor`).toBe(0);
    expect(await count(otherStudent, table), `${table} by another student`).toBe(0);
  }
});

test("a student sees their bookings, lessons and joins, and nothing of the tutor's workings", async () => {
  expect(await count(student, "bookings")).toBe(2);
  expect(await count(student, "sessions")).toBe(2);
  expect(await count(student, "session_joins")).toBe(1);
  expect(await count(student, "lesson_messages")).toBe(1);
  expect(await count(student, "change_requests")).toBe(1);
  expect(await count(student, "mail_preferences")).toBe(1);
  expect(await count(student, "notes")).toBe(2);
  for (const table of [
    "connection_events",
    "tutor_video_provider_connections",
    "retired_video_provider_connections",
    "meetings",
    "migrations",
    "migration_sessions",
    "calendar_feeds",
    "tutor_students",
  ]) {
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
  expect(await names(tutor)).toEqual(new Set([tutor.id, otherTutor.id, student.id, writtenDown]));
  expect(await names(otherTutor)).toEqual(new Set([tutor.id, otherTutor.id]));
  expect(await names(student)).toEqual(new Set([tutor.id, otherTutor.id, student.id]));
  await expect(run(tutor, "select email from private.addresses")).rejects.toThrow(
    /permission denied for schema private/,
  );
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

test("both sides of a lesson read it and its booking whole", async () => {
  for (const person of [tutor, student]) {
    for (const table of ["sessions", "bookings"]) {
      expect((await run(person, `select * from ${table}`)).rows).toHaveLength(2);
    }
  }
});

test.each(["people", "bookings", "sessions", "tutor_video_provider_connections", "migrations"])(
  "a person locks their own rows of %s and can't even date them",
  async (table) => {
    const mine = table === "people" ? `where id = '${tutor.id}'` : "";
    const locked = await run(tutor, `select id from ${table} ${mine} for update`);
    expect(locked.rows.length).toBeGreaterThan(0);
    await expect(run(tutor, `update ${table} set updated_at = now() ${mine}`)).rejects.toThrow(
      /new row violates row-level security policy/,
    );
  },
);

test("the owner changes a lesson in the SQL editor as the guide says", async () => {
  const changed = await segue.rows(`update sessions set provider = 'zoom', updated_at = now()
    where tutor_id = '${tutor.id}' and status in ('SCHEDULED', 'JOIN_OPEN')
      and scheduled_start_at >= '2026-01-01' returning id`);
  expect(changed).toHaveLength(2);
});

test("the sign-in's tables can be read by none of the request's roles", async () => {
  for (const table of ["user", "session", "account", "verification"]) {
    const query = `select from identity."${table}"`;
    await expect(run(tutor, query)).rejects.toThrow(/permission denied/);
    await expect(asAnonymous(query)).rejects.toThrow(/permission denied/);
    await expect(asService(segue.ctx.db, (trx) => sql.raw(query).execute(trx))).rejects.toThrow(
      /permission denied/,
    );
  }
});

describe("after somebody has granted everything in public to whoever is signed in", () => {
  beforeAll(async () => {
    await segue.database.exec("grant all on all tables in schema public to anon, authenticated");
  });

  test.each([
    "private.addresses",
    "private.mail_texts",
    'identity."user"',
    "identity.session",
    "identity.account",
  ])("%s stays out of reach", async (table) => {
    const query = `select from ${table}`;
    await expect(run(tutor, query)).rejects.toThrow(/permission denied for schema/);
    await expect(asAnonymous(query)).rejects.toThrow(/permission denied for schema/);
  });

  test.each(hidden)("%s shows nobody a row", async (table) => {
    for (const person of [tutor, student]) {
      expect((await run(person, `select from ${table}`)).rows).toEqual([]);
    }
  });

  test("nobody signed in sees a row of any table", async () => {
    for (const { name } of inPublic) {
      expect((await asAnonymous(`select from ${name}`)).rows, name).toEqual([]);
    }
  });

  test("sealed tokens are seen by the tutor whose they are, and by nobody else", async () => {
    for (const table of [
      "tutor_video_provider_connections",
      "retired_video_provider_connections",
    ]) {
      const query = `select refresh_token_encrypted from ${table}`;
      expect((await run(tutor, query)).rows, table).toHaveLength(1);
      for (const person of [student, otherTutor, otherStudent]) {
        expect((await run(person, query)).rows, table).toEqual([]);
      }
    }
  });

  test("nothing can be changed, made or deleted, in one's own rows either", async () => {
    const everything = () =>
      Promise.all(inPublic.map(({ name }) => segue.rows(`table public.${name}`)));
    const before = await everything();
    for (const { name, isLocked } of inPublic) {
      const [column] = (
        await segue.rows(`select attname from pg_attribute
        where attrelid = 'public.${name}'::regclass and attnum = 1`)
      ).map(({ attname }) => attname);
      const update = run(tutor, `update ${name} set ${column} = ${column}`);
      if (isLocked) await expect(update, name).rejects.toThrow(/violates row-level security/);
      else await update;
      await run(tutor, `delete from ${name}`);
      await expect(run(tutor, `insert into ${name} default values`), name).rejects.toThrow(
        /violates row-level security/,
      );
    }
    expect(await everything()).toEqual(before);
  });
});

const count = (person: Person, table: string) =>
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
  const mia = { name: "Mia", timeZone: "Etc/UTC" };
  writtenDown = (await addStudent(segue.ctx, tutor, mia)).id;
  const [, later = ""] = (await segue.sessions(tutor)).map((lesson) => lesson.id);
  await segue.rows(`insert into lesson_messages
      (id, booking_id, session_id, person_id, said_with, text, created_at)
    select gen_random_uuid(), booking_id, id, tutor_id, 'reschedule', 'An hour later', now()
      from sessions where id = '${later}'`);
  await segue.rows(`insert into change_requests
      (id, session_id, tutor_id, student_id, starts_at, starts_local, utc_offset, time_zone, created_at)
    select gen_random_uuid(), id, tutor_id, student_id, now(), '2027-01-11T10:00', 0, 'Etc/UTC', now()
      from sessions where id = '${later}'`);
  await segue.rows("insert into provider_circuits (provider, failures) values ('zoom', 1)");
  await segue.rows(`insert into operator_troubles (provider, kind, first_seen, last_seen)
    values ('zoom', 'client_refused', now(), now())`);
}

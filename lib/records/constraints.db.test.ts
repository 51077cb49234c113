import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { asBefore } from "#tests/harness/databases/asBefore.ts";
import { scene } from "#tests/harness/scene.ts";
import { meetingKey } from "./meetings/rules.ts";
import type { Session } from "./sessions/rules.ts";

const { segue, tutor } = scene();
let session: Session;
beforeEach(async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, await segue.person("student"), 1);
  const [made] = await segue.sessions(tutor);
  if (!made) throw new Error("There is no lesson");
  session = made;
});

test("a lesson has at most one live meeting", async () => {
  const second = { id: fresh(), key: freshKey() };
  await refuses(
    await copy("meetings", `session_id = '${session.id}'`, second),
    /one_live_meeting_per_session/,
  );
});

test("one desired state has at most one meeting that is being made", async () => {
  const intended = {
    state: "'intended'",
    external_id: "null",
    join_url: "null",
    live_at: "null",
  };
  const where = `session_id = '${session.id}'`;
  const insert = () => copy("meetings", where, { ...intended, id: fresh(), key: freshKey() });
  await segue.rows(`${await insert()} returning 1`);
  await refuses(await insert(), /one_intended_meeting_per_desired_state/);
});

test("a room written in by hand never waits to be deleted", async () => {
  const manual = "origin = 'manual', grant_id = null";
  await segue.rows(`update meetings set ${manual} where session_id = '${session.id}' returning 1`);
  await refuses(
    `update meetings set state = 'superseded', superseded_at = now() where session_id = '${session.id}'`,
    /manual_meetings_are_never_called_for/,
  );
});

test("no two meetings share a key", async () => {
  await refuses(
    await copy("meetings", `session_id = '${session.id}'`, {
      id: fresh(),
      state: "'superseded'",
      superseded_at: "now()",
    }),
    /meetings_key_key/,
  );
});

test("a tutor has one connection", async () => {
  await refuses(
    await copy("tutor_video_provider_connections", `tutor_id = '${tutor.id}'`, {
      id: fresh(),
      grant_id: fresh(),
      provider: "'google_meet'",
    }),
    /tutor_id/,
  );
});

test("a Zoom account is connected by one tutor", async () => {
  const other = await segue.person("tutor");
  await refuses(
    await copy("tutor_video_provider_connections", `tutor_id = '${tutor.id}'`, {
      id: fresh(),
      grant_id: fresh(),
      tutor_id: `'${other.id}'`,
    }),
    /one_tutor_per_zoom_account/,
  );
});

test("a tutor's open lessons don't overlap, a cancelled one may", async () => {
  const overlapping = {
    id: fresh(),
    scheduled_start_at: "scheduled_start_at + interval '44 minutes'",
    scheduled_end_at: "scheduled_end_at + interval '44 minutes'",
  };
  const where = `id = '${session.id}'`;
  await refuses(await copy("sessions", where, overlapping), /sessions_do_not_overlap/);
  const cancelled = { ...overlapping, status: "'CANCELLED'" };
  const insert = await copy("sessions", where, cancelled);
  expect(await segue.rows(`${insert} returning 1`)).toHaveLength(1);
  const touching = {
    id: fresh(),
    scheduled_start_at: "scheduled_end_at",
    scheduled_end_at: "scheduled_end_at + interval '45 minutes'",
  };
  expect(await segue.rows(`${await copy("sessions", where, touching)} returning 1`)).toHaveLength(
    1,
  );
});

test.each([
  ["sessions", "status", "LATE"],
  ["sessions", "provider", "teams"],
  ["bookings", "status", "maybe"],
  ["meetings", "state", "dead"],
  ["tutor_video_provider_connections", "connection_status", "unknown"],
  ["tutor_video_provider_connections", "provider", "teams"],
])("%s.%s takes no word that nobody knows", async (table, column, word) => {
  const owner = `tutor_id = '${tutor.id}'`;
  await refuses(`update ${table} set ${column} = '${word}' where ${owner}`, /check/);
});

test.each([
  ["a live meeting has a link", "update meetings set join_url = null where state = 'live'"],
  [
    "a meeting that is over says since when",
    "update meetings set state = 'deleted' where state = 'live'",
  ],
  ["nobody teaches themselves", "update bookings set student_id = tutor_id"],
  ["an admin isn't made by signing up", `update identity."user" set role = 'admin'`],
])("%s", async (_, statement) => {
  await refuses(statement, /check/);
});

test.each([
  ["a lesson ends after it begins", "sessions", "scheduled_end_at = scheduled_start_at"],
  [
    "a lesson lasts a minute at least",
    "sessions",
    "scheduled_end_at = scheduled_start_at + interval '10 s'",
  ],
  ["and a day at most", "sessions", "scheduled_end_at = scheduled_start_at + interval '3 days'"],
  [
    "a lesson is in a year that clocks know",
    "sessions",
    "scheduled_start_at = '280000-01-01', scheduled_end_at = '280000-01-01 01:00'",
  ],
  ["and at some time", "sessions", "scheduled_start_at = '-infinity'"],
  ["so is a booking", "bookings", "starts_at = '100000-01-01'"],
])("%s, whoever writes it", async (_, table, change) => {
  await refuses(`update ${table} set ${change}`, /_at: must be between/);
});

test("a longer lesson from before can still be moved, and called off", async () => {
  const later = (column: string) => `${column} = ${column} + interval '2 days'`;
  const change = (set: string) =>
    `update sessions set ${set} where id = '${session.id}' returning 1`;
  await asBefore(segue, change(later("scheduled_end_at")));
  await segue.rows(change(`${later("scheduled_start_at")}, ${later("scheduled_end_at")}`));
  await segue.rows(change("status = 'CANCELLED'"));
});

test("whoever signs up is a person, and neither is there without the other", async () => {
  const people = await segue.rows(`select role, email from people
    join private.addresses on person_id = id where id = '${tutor.id}'`);
  expect(people).toEqual([{ role: "tutor", email: tutor.email }]);
});

const refuses = (statement: string, constraint: RegExp) =>
  expect(segue.rows(`${statement} returning 1`)).rejects.toThrow(constraint);

/** Copies the first row that matches `where`, with some columns changed. */
async function copy(table: string, where: string, changes: Record<string, string>) {
  const columns = await segue.rows(`select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = '${table}' and is_generated = 'NEVER'`);
  const names = columns.map(({ name }) => String(name));
  const values = names.map((name) => changes[name] ?? name);
  return `insert into ${table} (${names.join(", ")})
    select ${values.join(", ")} from ${table} where ${where} limit 1`;
}

const fresh = () => `'${randomUUID()}'`;
const freshKey = () => `'${meetingKey(randomUUID())}'`;

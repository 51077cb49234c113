import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { meetingKey } from "#lib/records/meetings/rules.ts";
import { openGrant } from "#lib/services/calls/grantSession.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { scene } from "#tests/harness/scene.ts";
import { doctor } from "./doctor.ts";

const { segue, tutor, student, switchedWithOneFailure } = scene();

test("a healthy tutor is well, by id and by address, also in the middle of an undo window", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 3);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  const { lines, problems: found, report } = await examine();
  expect(found).toEqual([]);
  expect(await examine(tutor.id)).toMatchObject({ problems: [] });
  const text = lines.join("\n");
  expect(text).toContain(
    `Provider connection: Good. The connection’s row: Google Meet as ${tutor.email}, connected`,
  );
  expect(text).toContain("Lessons ahead: Good. 3 lessons ahead: 3 at Google Meet, 0 elsewhere");
  expect(text).toContain("What Join opens: Good. 3 links: 3 lead to the provider");
  expect(text.match(/: Google Meet, As it should be$/gm)).toHaveLength(3);
  expect(text).toContain("by the tutor: All moved; 3 of 3 moved, 0 failed, 0 later, 0 to go");
  expect(text.match(/Zoom meeting \S+: Waiting to be deleted, .*next /g)).toHaveLength(3);
  expect(text).toContain("Google Meet (current connection): 3 rooms of ours, 0 without use");
  expect(text).toContain("Zoom (previous connection): 3 rooms of ours, 0 without use");
  expect(report).toMatchObject({ lessons: [{ problem: null }, { problem: null }, {}] });
});

test("never a token, nor its ciphertext", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  const text = JSON.stringify(await examine());
  const rows = await segue.rows(
    `select access_token_encrypted, refresh_token_encrypted
     from tutor_video_provider_connections where tutor_id = '${tutor.id}'`,
  );
  const [row] = await segue.ledger(tutor);
  const { access } = await openGrant(segue.ctx, row?.grant_id ?? "");
  for (const secret of [...Object.values(rows[0] ?? {}), access.accessToken]) {
    expect(text).not.toContain(String(secret));
  }
});

test("damage is named, each in a sentence", async () => {
  await segue.connect(tutor, "zoom");
  const [, gone = "", manual = ""] = await segue.lessons(tutor, student, 4);
  const sessions = await segue.sessions(tutor);
  const ledger = await segue.ledger(tutor);
  const row = ledger.find(({ session_id: id }) => id === sessions[0]?.id);
  const room = sessions.find(({ id }) => id === gone)?.meeting_external_id;
  await segue.standIns.control("delete-meeting", { provider: "zoom", id: room });
  const link = "https://meet.google.com/abc-defg-hij";
  await segue.database.exec(`update sessions set join_url = '${link}' where id = '${manual}'`);
  const second = await makeAtZoom(row?.key ?? "", row?.grant_id ?? "");
  const foreign = await makeAtZoom(meetingKey(segue.ctx.newId()), row?.grant_id ?? "");
  expect(await problems()).toEqual([
    expect.stringMatching(
      `\\(${gone}\\), .*: Its room at Zoom is gone or has been changed. Press Check links`,
    ),
    expect.stringMatching(`\\(${manual}\\), .*: It was changed by hand`),
    expect.stringMatching(`\\(${manual}\\), .*: It says Zoom, but Join opens Google Meet`),
    expect.stringMatching(`^No lesson uses room ${second} at Zoom. It is being deleted`),
    expect.stringMatching(`^Room ${foreign} at Zoom carries Segue’s mark`),
  ]);
  await segue.work();
  const { lines } = await examine();
  expect(lines.join("\n")).toContain(`(${manual}): Google Meet, entered by hand, As it should be`);
  await segue.standIns.control("delete-meeting", { provider: "zoom", id: foreign });
  const left = await problems();
  expect(left).toEqual([expect.stringContaining(gone)]);
});

test("a dead connection, its lessons and a provider that is away are told apart", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "zoom", operation: "list", effect: "unavailable" });
  expect(await problems()).toEqual([expect.stringMatching("^Zoom couldn’t be checked: ")]);
  await segue.standIns.faults();
  await segue.standIns.control("revoke", of("zoom"));
  await segue.standIns.control("expire-tokens");
  const later = addMinutes(segue.clock(), 5_000);
  const [waits = ""] = await segue.book(tutor, student, { startsAt: later });
  await segue.work();
  expect(await problems()).toEqual([
    expect.stringMatching("^The tutor needs to reconnect Zoom.* Ask the tutor to press Reconnect"),
    expect.stringMatching(`\\(${waits}\\), .*: It has no room: Zoom needs to be reconnected`),
  ]);
});

test("a lesson that the provider refused, and a move that failed, are named", async () => {
  const [first = ""] = await switchedWithOneFailure();
  expect(await problems()).toEqual([
    expect.stringMatching(
      `\\(${first}\\), .*: Its room is still at the previous connection \\(Zoom\\)`,
    ),
    expect.stringMatching(
      /^1 lesson failed to move to Google Meet in the latest migration\. Read what/,
    ),
  ]);
});

test("a room that nobody can delete any more is named until its time is over", async () => {
  await segue.connect(tutor, "zoom");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  const [row] = await segue.ledger(tutor);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  await segue.standIns.control("revoke", of("zoom"));
  await segue.standIns.control("expire-tokens");
  await segue.later({ minutes: 61 });
  expect(await problems()).toEqual([
    expect.stringMatching(`^The Zoom room ${row?.external_id} from .* couldn’t be deleted`),
  ]);
  await cancelSession(segue.ctx, tutor, id);
  await segue.later({ hours: 48 });
  expect(await problems()).toEqual([]);
});

test("rows that nobody works on are overdue", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "google_meet");
  await segue.work();
  segue.clock.advance({ minutes: 70 });
  const [row] = await segue.ledger(tutor);
  expect(await problems()).toEqual([
    expect.stringMatching(
      `^Zoom meeting ${row?.id} is overdue for deletion. Make sure that npm start`,
    ),
  ]);
});

test("somebody who is no tutor isn't examined", async () => {
  await expect(examine(student.email)).rejects.toMatchObject({ code: "not_found" });
  await expect(examine("nobody")).rejects.toMatchObject({ code: "not_found" });
});

test("without a tutor the installation is examined: database, migrations, tutors, queues", async () => {
  await segue.connect(tutor, "zoom");
  const { lines, problems: found } = await doctor(segue.ctx);
  expect(lines).toEqual([
    expect.stringMatching(/^Database: PostgreSQL \d+/),
    "Migrations missing: none",
    "Differences from this version's tables, rights and policies: none",
    expect.stringMatching(/^Tutors: \d+; \d+ with something under way or waiting$/),
    expect.stringMatching(/^To reconnect: \d+$/),
    "Lessons whose local time changed with zone rules: 0",
    "Jobs: no queues yet",
    "Mails: to the built-in mailbox",
  ]);
  expect(found).toContain("The job queues don't exist yet: Segue has never run on this database");
  const [one] = await segue.rows(
    "delete from supabase_migrations.schema_migrations where name = 'finder' returning *",
  );
  expect((await doctor(segue.ctx)).problems).toEqual([
    "Migrations to be applied: 1 (npm run segue -- migrate)",
  ]);
  await segue.database.exec(
    `insert into supabase_migrations.schema_migrations (version, name) values ('${one?.version}', 'finder')`,
  );
});

test("what a restore has left out is named, ten at most, even where nothing else can be asked", async () => {
  const lost = ["bookings", "mails", "meetings", "migrations", "people", "sessions"];
  await segue.database.exec(lost.map((table) => `drop policy service on ${table}`).join(";"));
  const { problems: found, report } = await doctor(segue.ctx);
  for (const table of lost) {
    expect(found).toContain(`The policy service of the table public.${table} is missing.`);
  }
  expect(found).toContainEqual(expect.stringContaining("restore again as the guide says"));
  await segue.database.exec("drop schema identity cascade; drop table sessions cascade");
  const { problems: more } = await doctor(segue.ctx);
  expect(more).toContain("The table identity.account is missing.");
  expect(more).toHaveLength(12);
  expect(more[10]).toMatch(/^And \d+ more differences; --json lists them all\.$/);
  expect(report).toMatchObject({ catalog: expect.arrayContaining([found[0]]) });
});

const examine = (who = tutor.email) => doctor(segue.ctx, who);
const problems = async () => (await examine()).problems;
const of = (provider: "google" | "zoom") => ({ provider, email: tutor.email });

async function makeAtZoom(key: string, grantId: string): Promise<string> {
  const { access } = await openGrant(segue.ctx, grantId);
  const made = await segue.ctx.providers.get("zoom").createMeeting(access, {
    key,
    installationId: await installationId(segue.ctx.db),
    title: "A second one",
    startsAt: addMinutes(segue.clock(), 1_440),
    durationMinutes: 45,
    timeZone: "Etc/UTC",
  });
  return made.externalId;
}

/**
 * One contestant in a process of its own, as it would be in a service. It has Segue's own client of the provider, so that
 * nothing but the order of the calls differs, and stores each link in PostgreSQL. Reads its task from the first argument.
 */
import { randomUUID } from "node:crypto";
import { calculatePKCECodeChallenge, generateRandomCodeVerifier } from "oauth4webapi";
import pg from "pg";
import { parseConfig } from "#lib/platform/config.ts";
import type { GrantAccess, ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import { createProviders } from "#lib/providers/registry.ts";
import { meetingKey } from "#lib/records/meetings/rules.ts";
import { dbos } from "./dbos.ts";
import { loop } from "./loop.ts";
import { pgBoss } from "./pgBoss.ts";
import { promiseAll } from "./promiseAll.ts";
import { BEGUN, type Task, task } from "./task.ts";
import type { Contestant, Lesson } from "./work.ts";

const players = { loop, promiseAll, pgBoss, dbos } satisfies Record<Task["contestant"], Contestant>;

async function consent(provider: VideoProvider, id: ProviderId, appUrl: string) {
  const redirectUri = `${appUrl}/api/auth/${id === "zoom" ? "zoom" : "google"}/callback`;
  const codeVerifier = generateRandomCodeVerifier();
  const page = provider.authorizationUrl({
    state: randomUUID(),
    codeChallenge: await calculatePKCECodeChallenge(codeVerifier),
    redirectUri,
  });
  const account = `${randomUUID()}@tutors.example`;
  const body = new URLSearchParams({ account, decision: "allow" });
  const answer = await fetch(page, { method: "POST", body, redirect: "manual" });
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? "";
  const tokens = await provider.exchangeCode({ code, codeVerifier, redirectUri });
  return { accessToken: tokens.accessToken, account: await provider.account(tokens) };
}

/** @returns the meeting's link, once it has one */
async function make(provider: VideoProvider, grant: GrantAccess, lesson: Lesson): Promise<string> {
  const { title, startsAt } = lesson;
  const key = meetingKey(randomUUID());
  const times = { title, startsAt, durationMinutes: 30, timeZone: "Etc/UTC" };
  const installationId = "00000000-0000-4000-8000-000000000000";
  const made = await provider.createMeeting(grant, { ...times, key, installationId });
  if (made.state === "ready") return made.joinUrl;
  throw new Error("The meeting has no link yet");
}

async function play(given: Task): Promise<void> {
  const config = parseConfig({
    ...given.settings,
    APP_URL: given.appUrl,
    AUTH_SECRET: "a".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString("base64")}`,
  });
  const provider = createProviders(config).get(given.provider);
  const store = new pg.Pool({ connectionString: given.databaseUrl, max: 5 });
  // A connection that is cut while nobody uses it is replaced by the next query.
  store.on("error", () => undefined);
  await store.query(`create table if not exists lessons
    (id integer primary key, link text, linked_at timestamptz)`);
  await store.query(
    "insert into lessons select generate_series(0, $1 - 1) on conflict do nothing",
    [given.tutors * given.lessons],
  );
  const { rows } = await store.query<{ id: number }>(
    "select id from lessons where link is null order by id",
  );
  const grants = await Promise.all(
    Array.from({ length: given.tutors }, () => consent(provider, given.provider, given.appUrl)),
  );
  const today = Math.ceil(Date.now() / 3_600_000);
  const lessons = rows.map(({ id }) => ({
    id,
    title: `Lesson ${id}`,
    startsAt: new Date((today + 48 + id) * 3_600_000),
  }));
  const move = async (lesson: Lesson) => {
    const grant = grants[lesson.id % grants.length];
    if (!grant) throw new Error("Nobody has consented");
    const link = await make(provider, grant, lesson);
    await store.query("update lessons set link = $1, linked_at = now() where id = $2", [
      link,
      lesson.id,
    ]);
  };
  const left = async () =>
    (await store.query("select from lessons where link is null")).rowCount ?? 0;
  console.log(BEGUN);
  await players[given.contestant]({ lessons, move, left, databaseUrl: given.databaseUrl });
  await store.end();
}

await play(task.parse(JSON.parse(process.argv[2] ?? "")));

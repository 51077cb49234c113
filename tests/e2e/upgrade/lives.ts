/**
 * Runs the present version on data of earlier versions, kept by `npm run upgrade:make`. It starts, on a clock
 * of its own, at the moment when the earlier version was stopped, so it doesn't matter how long ago that was.
 * Then the clock moves from lesson to lesson until the last of them is over.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { test } from "#tests/harness/fixtures.ts";
import { type Alive, type Kind, manifest } from "#tests/upgrade/alive.ts";
import { countsOf, keysOf, queryOf, withDatabase } from "#tests/upgrade/rows.ts";
import { uidsOf } from "#tests/upgrade/scenario.ts";
import { type TakenUp, takeUp } from "#tests/upgrade/takeUp.ts";
import { leadsTo, type SignIn, signIn, visitor } from "#tests/upgrade/visitor.ts";

/** Counters of attempts: the table of earlier versions is gone, and in today's nothing stays for long. */
const passing = new Set(["identity.rate_limit", "public.limited_uses"]);

/** Declares the tests of this kind of data, for the newest version that was kept; in whole, for each. */
export function eachLives(kind: Kind): void {
  const kept = globSync("tests/upgrade/*/manifest.json")
    .map((file) => ({ file, ...manifest.parse(JSON.parse(readFileSync(file, "utf8"))) }))
    .sort((one, other) => one[kind].at.localeCompare(other[kind].at));
  const played = inWhole(kept, kept.slice(-1));
  for (const { file, commit, ...kinds } of played) {
    test.describe(`${kind} data of ${commit}`, () => lives(dirname(file), kind, kinds[kind]));
  }
}

function lives(folder: string, kind: Kind, alive: Alive): void {
  // Each test continues where the one before stopped.
  test.describe.configure({ mode: "serial" });

  let postgres: PostgresServer | undefined;
  let app: App;
  let taken: TakenUp;

  test.beforeAll(async () => {
    postgres = kind === "server" ? await startPostgres() : undefined;
    const databaseUrl = postgres && (await postgres.create("segue"));
    app = await startApp({
      ...(databaseUrl && { databaseUrl, env: alive.env }),
      at: new Date(alive.at),
      furnish: async (dataDir) => {
        taken = await takeUp(folder, kind, alive, dataDir, databaseUrl);
      },
    });
  });

  test.afterAll(async () => {
    await app?.stop();
    await postgres?.stop();
  });

  const presentKeys = () =>
    postgres
      ? withDatabase({ url: postgres.url("segue") }, (db) => keysOf(queryOf(db)))
      : keysOf(async (text) => (await app.command("sql", text)) as Record<string, unknown>[]);

  test("cookies, bearers and passwords sign in", async () => {
    for (const { email, cookie, bearer } of alive.signIns) {
      const ways: Record<string, string>[] = [{ cookie }, { authorization: `Bearer ${bearer}` }];
      for (const headers of ways) {
        const answer = await fetch(`${app.url}/api/me`, { headers });
        expect(await answer.json(), email).toMatchObject({ email });
      }
    }
    for (const account of alive.signIns.slice(0, 3)) {
      const { json } = await signIn(app.url, account);
      expect(await json("/api/me")).toMatchObject({ email: account.email });
    }
  });

  test("calendars find the same lessons at the same address", async () => {
    for (const { path, uids } of alive.feeds) {
      const answer = await fetch(app.url + path);
      expect(answer.status).toBe(200);
      expect(uidsOf(await answer.text())).toEqual(uids);
    }
  });

  test("connections are where they were, and their providers say that all is as it was left", async () => {
    for (const [email, provider] of Object.entries(alive.connections)) {
      const { json } = visitor(app.url, signInOf(email));
      const { connection } = await json<{ connection: object }>("/api/connection");
      expect(connection).toMatchObject({ provider, status: "connected", error: null });
      const looked = await json<{ checked: number }>("/api/connection/check", {});
      expect(looked.checked).toBeGreaterThan(0);
      expect(looked).toMatchObject({ repaired: 0, gone: 0, differs: 0, unknown: 0 });
    }
  });

  test("every row is still there", async () => {
    expect(countsOf(taken.keys)).toEqual(alive.rows);
    const present = await presentKeys();
    for (const [table, keys] of taken.keys) {
      if (passing.has(table)) continue;
      const gone = [...keys].filter((key) => !present.get(table)?.has(key));
      expect(gone, table).toEqual([]);
    }
  });

  test("each lesson's link leads into its room when its time comes", async () => {
    for (const { link, student, startsAt, room } of alive.lessons) {
      const start = new Date(startsAt);
      if (app.clock && app.clock() < start) app.clock.moveTo(start);
      expect(await follow(link, student)).toBe(taken.standIns + room);
      expect((await fetch(taken.standIns + room)).status).toBe(200);
    }
  });

  /** A sign-in expires after a month without use. Whoever is then asked to sign in gives their password. */
  async function follow(link: string, email: string): Promise<string> {
    const answer = await visitor(app.url, signInOf(email)).ask(link);
    expect(answer.status).toBe(303);
    if (leadsTo(answer).pathname !== "/sign-in") return leadsTo(answer).href;
    const anew = await signIn(app.url, signInOf(email));
    return leadsTo(await anew.ask(link)).href;
  }

  function signInOf(email: string): SignIn {
    const known = alive.signIns.find((one) => one.email === email);
    if (!known) throw new Error(`Nobody signed in as ${email}`);
    return known;
  }
}

/**
 * What nearly every test of a verb begins with: a Segue for the whole file and, for each test, a tutor and a
 * student who are new. They are the same objects throughout, which hooks fill, so that a file's own helpers
 * can use them as they stand.
 */
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { listMigrations } from "#lib/services/switching/migrationHistory.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { roomsOf } from "./order.ts";
import { type Segue, type SegueOptions, testSegue, type Who } from "./segue.ts";

const CONNECTIONS = "tutor_video_provider_connections";

/** Call this once, at the top of a test file. */
export function scene({ tutor: tara, student: sam, shared, ...options }: SceneOptions = {}) {
  const segue = {} as Segue;
  const tutor = {} as Person;
  const student = {} as Person;
  const newPeople = async () => {
    await segue.fresh();
    Object.assign(tutor, await segue.person("tutor", tara));
    Object.assign(student, await segue.person("student", sam));
  };
  beforeAll(async () => {
    await testSegue(options, segue);
  });
  afterAll(() => segue.close());
  (shared ? beforeAll : beforeEach)(newPeople);

  const row = async (table: string, of: Person) =>
    (await segue.rows(`select * from ${table} where tutor_id = '${of.id}'`))[0];
  const links = async () => (await segue.sessions(tutor)).map(({ join_url: link }) => link);
  const newest = async () => (await listMigrations(segue.ctx, tutor)).items[0]?.id ?? "";

  return {
    segue,
    tutor,
    student,
    /** The links of all lessons, soonest first. */
    links,
    session: async () => (await segue.sessions(tutor))[0],
    /** The tutor's rooms that exist at the providers, as "zoom live", sorted. */
    rooms: async () =>
      (await roomsOf(segue, tutor)).map(({ provider, state }) => `${provider} ${state}`).sort(),
    /** The meetings in the tutor's accounts that exist, also those that the ledger doesn't know. */
    living: async () => (await segue.standIns.rooms()).filter(({ owner }) => owner === tutor.email),
    connection: (of = tutor) => row(CONNECTIONS, of),
    retired: (of = tutor) => row("retired_video_provider_connections", of),
    grantId: async () => String((await row(CONNECTIONS, tutor))?.grant_id),
    /** Every migration as [kind, status, moved], the newest first. */
    history: async () =>
      (await listMigrations(segue.ctx, tutor)).items.map(({ kind, status, moved }) => [
        kind,
        status,
        moved,
      ]),
    /** The id of the newest migration. */
    newest,
    undo: async (id?: string) => undoMigration(segue.ctx, tutor, id ?? (await newest())),
    /** Switches `count` lessons from Zoom to Meet. @returns their ids, and their links at Zoom */
    switched: async (count: number) => {
      await segue.connect(tutor, "zoom");
      const ids = await segue.lessons(tutor, student, count);
      const before = await links();
      await segue.connect(tutor, "google_meet");
      await segue.standIns.forgetCalls();
      return { ids, before };
    },
    /** Switches two lessons from Zoom to Meet, which refuses to make the first one's room. @returns their ids */
    switchedWithOneFailure: async () => {
      await segue.connect(tutor, "zoom");
      const ids = await segue.lessons(tutor, student, 2);
      await segue.standIns.faults({
        provider: "google",
        operation: "create",
        effect: "meet_not_allowed",
        titleIncludes: "Lesson 1.",
      });
      await segue.connect(tutor, "google_meet");
      await segue.work();
      return ids;
    },
    /** Deletes a meeting at the provider, as its owner can on the provider's own pages. */
    deleteByHand: (provider: "google" | "zoom", id: string | null | undefined) =>
      segue.standIns.control("delete-meeting", { provider, id }),
    /** Proves that a connection still works, its refresh token included. */
    expectWorking: async (of = tutor) => {
      await segue.standIns.control("expire-tokens");
      const fresh = await refreshSessionLinks(segue.ctx, of);
      expect(fresh).toMatchObject({ success: true, running: false, failed: 0 });
      expect(fresh.migrated).toBeGreaterThan(0);
      expect(await row(CONNECTIONS, of)).toMatchObject({ connection_status: "connected" });
    },
  };
}

interface SceneOptions extends SegueOptions {
  tutor?: Who;
  student?: Who;
  /** All tests of the file have the same two people, and what the tests before them left. */
  shared?: boolean;
}

/** A refusal as it reaches people; its code is "done" if there was none. */
export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: "done", message: "" }),
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

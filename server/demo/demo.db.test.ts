/** @module-tag whole */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { createMetrics } from "#server/metrics/metrics.ts";
import type { Runtime } from "#server/runtime.ts";
import { type Segue, testSegue } from "#tests/harness/segue.ts";
import { createAuth } from "../auth.ts";
import { createJobs } from "../jobs/jobs.ts";
import { newTutor, tutor } from "./cast.ts";
import { makeDemo } from "./demo.ts";

const places: Place[] = [];
afterAll(async () => {
  for (const { segue, ctx } of places) {
    rmSync(ctx.config.dataDir, { recursive: true });
    await segue.close();
  }
});

test("a demo that starts left half-made is complete in the end, and nothing in it is doubled", async () => {
  const [whole, broken] = [await newPlace(), await newPlace()];
  await makeDemo(whole);
  // A start that died between creating the person and the password.
  await broken.auth.api.signUpEmail({
    body: { ...newTutor, role: "tutor", password: "another one" },
  });
  await broken.segue.rows("delete from identity.account returning 1");
  let deaths = 0;
  for (; !broken.isDone(); deaths++) {
    await startThatDies(broken, 14 * (deaths + 1)).catch((error) => {
      expect(String(error)).toContain("killed");
    });
  }
  expect(deaths).toBeGreaterThan(5);
  await settle(whole);
  await settle(broken);
  expect(await shown(broken)).toEqual(await shown(whole));
});

test("a demo left half-made is left alone once somebody else has signed up", async () => {
  const place = await newPlace();
  await expect(startThatDies(place, 40)).rejects.toThrow("killed");
  await place.segue.person("student");
  const before = await shown(place);
  await makeDemo(place);
  expect(await shown(place)).toEqual(before);
  expect(place.isDone()).toBe(false);
});

test("a demo that is complete isn't made again, however its people have gone on", async () => {
  const [place] = places;
  if (!place) throw new Error("No demo was made");
  await place.segue.rows(
    "update bookings set status = 'declined' where status = 'requested' returning 1",
  );
  const before = await shown(place);
  await makeDemo(place);
  expect(await shown(place)).toEqual(before);
});

interface Place extends Runtime {
  segue: Segue;
  isDone(): boolean;
}

async function newPlace(): Promise<Place> {
  const segue = await testSegue();
  const dataDir = mkdtempSync(join(tmpdir(), "segue-demo-"));
  const ctx = { ...segue.ctx, config: { ...segue.ctx.config, dataDir } };
  const place: Place = {
    segue,
    ctx,
    auth: createAuth(ctx),
    database: segue.database,
    jobs: createJobs(segue.database, ctx.log),
    metrics: createMetrics(),
    stop: async () => undefined,
    isDone: () => existsSync(join(dataDir, "demo.json")),
  };
  places.push(place);
  return place;
}

/** A start that dies at the n-th reading of the clock. The verbs read the clock at many points. */
async function startThatDies(place: Place, looks: number): Promise<void> {
  let left = looks;
  const clock = () => {
    if (left === 0) throw new Error("killed");
    left -= 1;
    return place.ctx.clock();
  };
  await makeDemo({ ...place, ctx: { ...place.ctx, clock } });
}

const peopleOf = ({ segue }: Place) =>
  segue.rows(
    "select name, email, role, time_zone from people join private.addresses on person_id = id order by email",
  );

/** What the demo shows, without ids and creation times. */
async function shown(place: Place) {
  const { rows } = place.segue;
  return {
    people: await peopleOf(place),
    accounts: await rows(`select email, count(a.*) as accounts from identity."user" u
      left join identity.account a on a.user_id = u.id group by email order by email`),
    bookings:
      await rows(`select a.email, subject, starts_at, duration_minutes, repeat_weekly, status
      from bookings b join people p on p.id = b.student_id
      join private.addresses a on a.person_id = p.id order by starts_at, a.email, subject`),
    sessions: await rows(`select title, status, provider, scheduled_start_at, scheduled_end_at,
        meeting_id is not null as has_room
      from sessions order by scheduled_start_at, title`),
    meetings: await rows(`select title, starts_at, state from meetings
      where state in ('live', 'ended') order by starts_at, title`),
    rooms: (await place.segue.standIns.rooms())
      .map(({ title, start }) => `${start} ${title}`)
      .sort(),
  };
}

/** Reconciles until each call that was under way when a start died has a known room. */
async function settle({ segue, ctx }: Place): Promise<void> {
  const [tara] = await segue.rows(
    `select person_id as id from private.addresses where email = '${tutor.email}'`,
  );
  for (let times = 0; times < 5; times++) {
    segue.clock.advance({ seconds: 31 });
    await reconcile(ctx, String(tara?.id));
  }
}

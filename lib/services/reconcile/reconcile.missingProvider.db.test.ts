/** A provider is removed from the settings while tutors still have rooms there. */
import { beforeEach, expect, test } from "vitest";
import { examineTutor } from "#lib/services/support/examineTutor.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { reconcile } from "./reconcile.ts";

const { segue, tutor } = scene();
let slept: number;
/** The same context without Zoom's credentials. */
let ctx: Context;
beforeEach(removeZoom);

test("its rooms wait without holding up a worker", async () => {
  await segue.connect(tutor, "google_meet");
  segue.clock.advance({ hours: 2 });
  segue.logs.length = 0;
  await reconcile(ctx, tutor.id);
  expect(slept).toBe(0);
  expect(segue.logs.filter(({ level }) => level >= 50)).toEqual([]);
  const left = (await segue.ledger(tutor)).filter(({ provider }) => provider === "zoom");
  expect(left.map(({ state }) => state)).toEqual(["superseded", "superseded", "superseded"]);
});

test("a lost answer of its own keeps neither the worker nor the doctor from the rest", async () => {
  await segue.rows(`update sessions set meeting_id = null, join_url = null, provider = null,
    meeting_external_id = null, meeting_created_at = null where tutor_id = '${tutor.id}'`);
  await segue.rows(`update meetings set state = 'intended', outcome_unknown = true, external_id = null,
    join_url = null, live_at = null where tutor_id = '${tutor.id}'`);
  await expect(reconcile(ctx, tutor.id)).resolves.toBeDefined();
  expect(slept).toBe(0);
  await expect(examineTutor(ctx, tutor.id)).resolves.toBeDefined();
});

async function removeZoom(): Promise<void> {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, await segue.person("student"), 3);
  const { providers } = segue.ctx;
  slept = 0;
  ctx = {
    ...segue.ctx,
    providers: {
      ...providers,
      has: (id) => id !== "zoom" && providers.has(id),
      get: (id) => {
        if (id === "zoom") throw new Error("Zoom has no credentials configured");
        return providers.get(id);
      },
    },
    sleep: async (milliseconds) => {
      slept += milliseconds;
      await segue.ctx.sleep(milliseconds);
    },
  };
}

/** A sample of `npm run fuzz`, always the same one. */
import { expect } from "@playwright/test";
import { play } from "#tests/fuzz/play.ts";
import { settings, withoutPlan } from "#tests/fuzz/settings.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { test } from "#tests/harness/fixtures.ts";

const REQUESTS = inWhole(2_000, 80);

test(`${REQUESTS} requests find nothing that is answered as it mustn't be`, async ({ segue }) => {
  const app = await segue(settings);
  await withoutPlan(app);
  const { requests, past, done, findings } = await play(app, { seed: 10, requests: REQUESTS });
  expect(findings).toEqual([]);
  expect(requests).toBe(REQUESTS);
  // Otherwise nearly everything would end at the first rule, and little would be tried.
  expect(past / requests).toBeGreaterThan(0.6);
  expect(done / requests).toBeGreaterThan(0.3);
});

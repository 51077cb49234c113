/** A sample of `npm run simulate`, and a proof that it catches bugs. For long runs see docs/promises.md. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { inWhole, someOf } from "#tests/harness/extent.ts";
import { LONG_PATIENCE_MS } from "#tests/harness/patience.ts";
import { bugs } from "./bugs.ts";
import { assertFits } from "./plant.ts";
import { Report } from "./report.ts";
import { makeGround } from "./world/ground.ts";
import { play } from "./world/play.ts";
import type { Ground } from "./world/world.ts";

const LEAST_SEEDS = inWhole(80, 15);
const LEAST_FOLLOWED = inWhole(1_000, 200);
/** A change of the engine can make something rarer; beyond this, it is no longer reached at all. */
const MOST_SEEDS = 600;
/** Together they reach everything (`--cover` finds them). They only save time: without them, it takes more seeds. */
const rareSeeds = [
  137, 69, 181, 100, 304, 4, 117, 64, 342, 140, 251, 93, 145, 250, 223, 294, 313, 158, 116, 414,
];

let ground: Ground;
beforeAll(async () => {
  ground = await makeGround();
});

test("whatever goes wrong, every lesson has its room, and nothing is left behind", {
  timeout: LONG_PATIENCE_MS,
}, async ({ annotate }) => {
  const report = new Report();
  const isEnough = () =>
    report.seeds >= LEAST_SEEDS && report.followed > LEAST_FOLLOWED && report.never().length === 0;
  for (const seed of seedsInOrder()) {
    if (isEnough()) break;
    const played = await play(ground, seed, 0.02);
    expect(played.violation, `seed ${seed}:\n${played.log.join("\n")}`).toBeNull();
    report.add(played);
  }
  await annotate(report.lines()[0] ?? "");
  expect(report.followed).toBeGreaterThan(LEAST_FOLLOWED);
  expect(report.never(), "never reached").toEqual([]);
});

function* seedsInOrder() {
  yield* rareSeeds;
  for (let seed = 1; seed <= MOST_SEEDS; seed++) if (!rareSeeds.includes(seed)) yield seed;
}

test("the same seed goes the same way again", { timeout: LONG_PATIENCE_MS }, async () => {
  for (const seed of someOf([3, 100_005], 1)) {
    const first = await play(ground, seed, 0.2);
    const second = await play(ground, seed);
    expect(second.hash).toBe(first.hash);
    expect(second.log).toEqual(first.log);
  }
});

test.each(bugs)("the source is still as it must be to plant: $name", (bug) => {
  assertFits(bug);
});

test.each(bugs.slice(0, 1))(
  "it notices when $name",
  { timeout: LONG_PATIENCE_MS },
  async ({ name }) => {
    const run = promisify(execFile)(
      "node_modules/.bin/node",
      [
        "tests/simulation/simulate.ts",
        "--planted",
        name,
        "--seeds",
        "200",
        // A short one that shows this bug; others would, too.
        "--from",
        "21",
        "--threads",
        "1",
        "--first",
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("Seed ") });
  },
);

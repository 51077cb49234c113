import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { inWhole } from "#tests/harness/extent.ts";
import { PATIENCE_MS, TEST_PATIENCE_MS } from "#tests/harness/patience.ts";

/**
 * `*.test.ts` runs once. `*.db.test.ts` runs on both databases that Segue supports, so that neither drifts
 * from the other unnoticed.
 */
const databaseTests = ["**/*.db.test.ts"];
/** Where the embedded database could differ: types, schema, rights, races on its one connection, jobs, a start. */
const whereTheyDiffer = [
  "lib/{platform,records}/**/*.db.test.ts",
  "!lib/records/mails/**",
  "lib/services/verb/**/*.db.test.ts",
  "lib/services/bookings/requestBooking.races.db.test.ts",
  "server/{commands,jobs/*}.db.test.ts",
  "tests/harness/**/*.db.test.ts",
];
const asSuperuser = [
  "lib/platform/db.db.test.ts",
  "lib/platform/migrations/migrate.db.test.ts",
  "lib/records/rights.db.test.ts",
  "lib/records/rowLevelSecurity.db.test.ts",
];
const elsewhere = ["**/node_modules/**", "**/.next/**", "**/.data/**", "tests/e2e/**"];
const simulation = "tests/simulation/simulation.test.ts";
// A project without files would pass, and so would one that lacks a file which has been renamed.
for (const file of [...asSuperuser, simulation]) {
  const isThere = existsSync(join(import.meta.dirname, file));
  if (!isThere) throw new Error(`vitest.config.ts names ${file}, which doesn't exist`);
}
const setupFiles = ["tests/harness/strict.ts"];

/** If the simulation started last, one core would be idle during the minute that it takes. */
class SimulationFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith(simulation);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SimulationFirst },
    // The machine's time zone must not decide a test. Nobody's zone is this far east.
    env: { TZ: "Pacific/Kiritimati" },
    // One more than the machines that this runs on have cores: tests wait for mails and pauses, too.
    maxWorkers: 3,
    // Each file has databases and servers of its own. Loading the modules afresh for each file would take a
    // third longer.
    isolate: false,
    testTimeout: TEST_PATIENCE_MS,
    hookTimeout: TEST_PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    restoreMocks: true,
    // Of a kind's many members `npm test` plays some; a tagged file or test is one of the others. Vitest takes
    // what to leave out on its command line only.
    tags: [
      { name: "whole", description: "left out by `npm test`, played by `npm run test:whole`" },
    ],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...elsewhere, ...databaseTests, simulation],
          setupFiles,
        },
      },
      {
        // A project's files are distributed to the workers beforehand; in a project of its own this long file
        // delays no other.
        extends: true,
        test: { name: "simulation", include: [simulation], setupFiles },
      },
      {
        extends: true,
        test: {
          name: "pglite",
          include: inWhole(databaseTests, whereTheyDiffer),
          exclude: elsewhere,
          setupFiles,
          globalSetup: "tests/harness/databases/pglite.ts",
          provide: { engine: "pglite" },
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: databaseTests,
          exclude: elsewhere,
          setupFiles,
          globalSetup: "tests/harness/databases/postgres.ts",
          provide: { engine: "postgres" },
        },
      },
      {
        // The project before this one runs as a role with CREATEROLE, as most installations do. A superuser
        // may do things that such a role may not; the other way round, ownership can hide a missing grant.
        extends: true,
        test: {
          name: "superuser",
          include: asSuperuser,
          setupFiles,
          globalSetup: "tests/harness/databases/postgres.ts",
          provide: { engine: "postgres" },
        },
      },
    ],
  },
});

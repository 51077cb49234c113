import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PATIENCE_MS, TEST_PATIENCE_MS } from "#tests/harness/patience.ts";

/**
 * `*.test.ts` runs once; `*.db.test.ts` runs on both databases that Segue lives on, so that neither
 * drifts from the other unseen.
 */
const databaseTests = ["**/*.db.test.ts"];
const asSuperuser = [
  "lib/platform/{db,migrate}.db.test.ts",
  "lib/records/rowLevelSecurity.db.test.ts",
  "lib/services/migrateSessionsToNewProvider.db.test.ts",
];
const elsewhere = ["**/node_modules/**", "**/.next/**", "**/.data/**", "tests/e2e/**"];
const simulation = "tests/simulation/simulation.test.ts";
const setupFiles = ["tests/harness/strict.ts"];

/** Begun last, the simulation's minute would be waited for with one core idle. */
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
    // The machine's zone must not decide a test; nobody's zone is this far east.
    env: { TZ: "Pacific/Kiritimati" },
    maxWorkers: 2,
    // Each file has databases and servers of its own; a fresh world of modules for each would cost a third more.
    isolate: false,
    testTimeout: TEST_PATIENCE_MS,
    hookTimeout: TEST_PATIENCE_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    restoreMocks: true,
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
        // Files of one project are dealt out to the workers beforehand; so this one holds nobody up.
        extends: true,
        test: { name: "simulation", include: [simulation], setupFiles },
      },
      {
        extends: true,
        test: {
          name: "pglite",
          include: databaseTests,
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
        // The project before runs as a role with CREATEROLE, as most installations do; a superuser may
        // do what that one may not, and the other way round ownership can hide what a grant lacks.
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

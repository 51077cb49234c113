import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { scene } from "#tests/harness/scene.ts";
import { createAuth } from "./auth.ts";
import { commandRoute } from "./commandRoute.ts";
import { runCommand } from "./commands.ts";
import { createJobs } from "./jobs/jobs.ts";
import { createMetrics } from "./metrics/metrics.ts";
import { keepRuntime } from "./runtime.ts";

const { segue, tutor } = scene({ shared: true });
let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), "segue-commands-"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true });
});

test("keys are rotated from the command line, wherever the data is", async () => {
  await segue.connect(tutor, "zoom");
  expect(await run("rotate-keys")).toEqual({ resealed: 2, unreadable: 0 });
  expect(await run("rotate-keys")).toEqual({ resealed: 0, unreadable: 0 });
});

test("the doctor comes from the command line, wherever the data is", async () => {
  expect(await run("doctor")).toMatchObject({
    report: { missing: [], tutors: 1 },
    lines: expect.arrayContaining(["Migrations missing: none"]),
    problems: [expect.stringMatching("^The job queues don't exist yet")],
  });
});

const keys = ["k2", "k1"].map((id, index) => {
  const secret = Buffer.alloc(32, index === 0 ? 2 : 1);
  return { id, secret };
});

/**
 * Runs it as the command line does: by itself on a server, otherwise through the process that holds the
 * folder.
 */
async function run(command: string): Promise<unknown> {
  const { ctx, database } = segue;
  if (database.url) {
    vi.stubEnv("DATABASE_URL", database.url);
    vi.stubEnv("AUTH_SECRET", "x".repeat(32));
    const list = keys.map(({ id, secret }) => `${id}:${secret.toString("base64")}`);
    vi.stubEnv("TOKEN_ENCRYPTION_KEYS", list.join(","));
    return runCommand(command, []);
  }
  const config = { ...ctx.config, dataDir, tokenKeys: keys };
  const running = { ...ctx, config };
  const jobs = createJobs(database, ctx.log);
  keepRuntime({
    ctx: running,
    auth: createAuth(running),
    database,
    jobs,
    metrics: createMetrics(),
    stop: async () => undefined,
  });
  const answer = await commandRoute(
    new Request("http://localhost/api/cli", {
      method: "POST",
      headers: {
        authorization: `Bearer ${loadSecrets(dataDir).cliSecret}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ command, args: [] }),
    }),
  );
  return answer.json();
}

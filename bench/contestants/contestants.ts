/** The contestants in a scene, at stand-ins that Segue isn't at. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { PostgresServer } from "#tests/harness/databases/postgresServer.ts";
import type { StandIns } from "#tests/harness/standIns.ts";
import type { Outcome, Scene } from "../scenes.ts";
import { report, type Task } from "./task.ts";

const run = promisify(execFile);
export const APP_URL = "http://localhost:3000";

export async function contestantIn(
  { direction, k, beyondThat }: Scene,
  contestant: Task["contestant"],
  standIns: StandIns,
  postgres: PostgresServer,
): Promise<Outcome> {
  const { to, lessons, answersTakeMs } = direction;
  const databaseUrl = await postgres.create(`${contestant}_${to}_${beyondThat}_${k}`.toLowerCase());
  const provider = to === "zoom" ? ("zoom" as const) : ("google_meet" as const);
  await standIns.settings({ answersTakeMs, mostAtOnce: k, beyondThat, zoomPlan: "pro" });
  await standIns.forgetCalls();
  const roomsBefore = (await standIns.rooms()).length;
  const of = { contestant, provider, lessons, databaseUrl };
  const task: Task = { ...of, appUrl: APP_URL, settings: standIns.env };
  const { stdout } = await run(process.execPath, [
    "bench/contestants/child.ts",
    JSON.stringify(task),
  ]);
  const { lastMs, firstMs, linked } = report.parse(JSON.parse(stdout));
  const creates = await standIns.calls("create");
  const rooms = (await standIns.rooms()).length - roomsBefore;
  return {
    seconds: lastMs / 1000,
    soonest: firstMs / answersTakeMs,
    refusals: creates.filter(({ status }) => status === "cut" || status >= 300).length,
    calls: creates.length / lessons,
    without: lessons - linked,
    orphans: rooms - linked,
  };
}

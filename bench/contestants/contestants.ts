/** The contestants in a scene. Whoever's process ends although something is left is started again, as services are. */
import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { World } from "#tests/faults/world.ts";
import { type Links, measure, prepare, WITHIN_MS } from "../measure.ts";
import type { Outcome, Scene } from "../scenes.ts";
import { BEGUN, type contestants, type Task } from "./task.ts";

export type Contestant = (typeof contestants)[number];

/** After a kill, and where a process ended by itself. */
const MOST_STARTS = 5;

export async function contestantIn(
  { standIns, postgres, ctx }: World,
  scene: Scene,
  contestant: Contestant,
): Promise<Outcome> {
  const { to, tutors, lessons } = scene;
  const databaseUrl = await postgres.create(`contestant_${Date.now()}`);
  await prepare(standIns, scene);
  const task: Task = {
    contestant,
    provider: to === "zoom" ? "zoom" : "google_meet",
    tutors,
    lessons,
    databaseUrl,
    appUrl: ctx.config.appUrl,
    settings: standIns.env,
  };
  let child: ChildProcess | null = null;
  const kill = async () => void child?.kill("SIGKILL");
  return measure(scene, { standIns, postgres, kill }, async () => {
    let begunAt = 0;
    const isOver = new AbortController();
    const tooLate = sleep(WITHIN_MS, undefined, { signal: isOver.signal }).catch(() => undefined);
    for (let starts = 0; starts < MOST_STARTS; starts++) {
      child = spawn(process.execPath, ["bench/contestants/child.ts", JSON.stringify(task)], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        if (text.includes(BEGUN)) begunAt ||= Date.now();
      });
      const code = await Promise.race([exitOf(child), tooLate]);
      if (code === undefined) child.kill("SIGKILL");
      if (code === undefined || code === 0) break;
    }
    isOver.abort();
    return { begunAt, links: () => linksIn(databaseUrl) };
  });
}

const exitOf = (child: ChildProcess) =>
  new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));

async function linksIn(databaseUrl: string): Promise<Links> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const { rows } = await client.query<{ link: string; linked_at: Date }>(
    "select link, linked_at from lessons where link is not null",
  );
  await client.end();
  const at = rows.map((row) => row.linked_at.getTime());
  return {
    stored: rows.map(({ link }) => link),
    firstAt: Math.min(...at),
    lastAt: Math.max(...at),
  };
}

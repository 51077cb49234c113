/** What everybody's work is measured by: the calls that the stand-ins have seen, and the links that were stored. */
import { setTimeout as sleep } from "node:timers/promises";
import type { StandIns } from "#tests/harness/standIns.ts";
import { type Outcome, type Scene, SPREAD, TAKES } from "./scenes.ts";
import { deal, type Stage } from "./troubles.ts";

/** Who isn't done by then isn't done. */
export const WITHIN_MS = 5 * 60_000;

export interface Links {
  /** Those that lessons lead to, by the ids that the provider gave their meetings or by their addresses. */
  stored: string[];
  /** When the first and the last of them were stored, in milliseconds of the machine's clock. */
  firstAt: number;
  lastAt: number;
}

export const prepare = (standIns: StandIns, { to, k, beyondThat, seed }: Scene): Promise<void> =>
  standIns.settings({
    answersTakeMs: { create: TAKES[to], delete: TAKES.delete },
    answersSpread: { sigma: SPREAD, seed },
    mostAtOnce: k,
    beyondThat,
    zoomPlan: "pro",
    zoomDailyLimit: 100,
  });

/** @param work ends when there is nothing more to do. @returns what came of it */
export async function measure(
  scene: Scene,
  stage: Omit<Stage, "half" | "provider">,
  work: () => Promise<{ begunAt: number; links: () => Promise<Links> }>,
): Promise<Outcome> {
  const { standIns } = stage;
  const all = scene.tutors * scene.lessons;
  await standIns.forgetCalls();
  const before = new Set((await standIns.rooms()).map(({ id }) => id));
  const made = async () => (await standIns.calls("create")).filter(isDone);
  let isOver = false;
  const half = async () => {
    while (!isOver && (await made()).length < all / 2) await sleep(50);
  };
  const trouble = deal(scene.trouble, { ...stage, provider: scene.to, half });
  const { begunAt, links } = await work();
  // Who never gets half-way isn't waited for.
  isOver = true;
  const dealtAt = await trouble;
  await standIns.faults();
  const { stored, firstAt, lastAt } = await links();
  const calls = await standIns.calls();
  const creates = calls.filter(({ operation }) => operation === "create");
  const living = (await standIns.rooms()).filter(({ id }) => !before.has(id));
  const alive = new Set(living.flatMap(({ id, joinUrl }) => [id, joinUrl]));
  const kept = new Set(stored.filter((link) => alive.has(link)));
  // What somebody before asked for and didn't wait for may be made only now, in accounts of theirs.
  const led = living.filter(({ id, joinUrl }) => kept.has(id) || kept.has(joinUrl ?? ""));
  const owners = new Set(led.map(({ owner }) => owner));
  const isInTime = lastAt - begunAt < WITHIN_MS && kept.size === all;
  return {
    seconds: isInTime ? (lastAt - begunAt) / 1000 : Number.POSITIVE_INFINITY,
    soonest: (firstAt - begunAt) / TAKES[scene.to],
    inVain: creates.filter((call) => !isDone(call)).length,
    calls: calls.filter(({ operation }) => aboutMeetings.has(operation)).length / all,
    dead: all - kept.size,
    orphans: living.filter(({ owner }) => owners.has(owner)).length - kept.size,
    recovery: dealtAt === null ? null : secondsUntilNext(creates, dealtAt),
  };
}

const aboutMeetings = new Set(["create", "get", "list", "update", "delete"]);
const isDone = ({ status }: { status: number | "cut" }) => status !== "cut" && status < 300;

type Call = Awaited<ReturnType<StandIns["calls"]>>[number];

function secondsUntilNext(creates: Call[], dealtAt: number): number {
  const next = creates.filter(isDone).find(({ at }) => Date.parse(at) > dealtAt);
  return next ? (Date.parse(next.at) - dealtAt) / 1000 : Number.POSITIVE_INFINITY;
}

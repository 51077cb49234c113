/** Plays a seed: one request after another in each circle, all circles at the same time. */
import type { App } from "#tests/harness/app.ts";
import { ask } from "#tests/harness/visitors/ask.ts";
import { asBrowser, consent } from "#tests/harness/visitors/person.ts";
import { faultsOf, isPastRules } from "./judge.ts";
import { type Plan, planned } from "./making/plan.ts";
import { asCurl, type Received, send } from "./making/send.ts";
import { linesOf, secretsIn } from "./said.ts";
import { enter, type Player, recover } from "./world/players.ts";
import { learn, learnToken, newWorld, tend, type World } from "./world/world.ts";

export interface Options {
  seed: number;
  requests: number;
  /** This one alone, on a world as it is at the beginning. */
  only?: number | undefined;
  onProgress?: (report: Report) => void;
}

export interface Report {
  requests: number;
  past: number;
  /** Answered with what was asked for. */
  done: number;
  statuses: Record<number, number>;
  findings: string[];
}

/** So many requests, then everybody is set right while nobody sends any. */
const ROUND = 500;
/** What may end a sign-in, change how somebody gets in, or remove an account. */
const ending = /\/account\/(sign-out|change-|delete|confirm-address|disown|reset-password)/;

export async function play(app: App, options: Options): Promise<Report> {
  const { seed, requests, only } = options;
  const world = await newWorld(app, seed);
  const report: Report = { requests: 0, past: 0, done: 0, statuses: {}, findings: [] };
  const numbers = only === undefined ? Array.from({ length: requests }, (_, i) => i) : [only];
  const game = { world, report, options, tending: Promise.resolve(), heard: app.output().length };
  for (let from = 0; from < numbers.length; from += ROUND) {
    await tend(world);
    const round = numbers.slice(from, from + ROUND);
    const lanes = Map.groupBy(round, (number) => number % world.circles.length);
    await Promise.all([...lanes.values()].map((lane) => playLane(game, lane)));
    options.onProgress?.(report);
  }
  report.findings.push(...(await atTheEnd(world)));
  return report;
}

interface Game {
  world: World;
  report: Report;
  options: Options;
  /** Whoever sets people right waits for whoever does already. */
  tending: Promise<void>;
  /** How much of the app's output has been read. */
  heard: number;
}

async function playLane(game: Game, numbers: number[]): Promise<void> {
  const { world, report, options } = game;
  for (const number of numbers) {
    const plan = planned(world, options.seed, number);
    const note = (what: string) =>
      report.findings.push(
        `seed ${options.seed}, request ${number}, ${plan.operation?.path ?? "spoilt"} as ${plan.caller.kind}: ${what}\n    ${asCurl(world.app.url, plan.sent)}`,
      );
    try {
      await consentFirst(world, plan);
      const answer = await send(world.app.url, plan.sent);
      count(report, plan, answer);
      for (const fault of faultsOf(world, plan, answer)) {
        note(`${fault}\n    ${answer.status} ${answer.text.slice(0, 300)}`);
      }
      await follow(game, plan, answer);
    } catch (error) {
      note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const lines = linesOf(heard(game));
    if (lines.length > 0) note(`in the log: ${lines.join("\n    ").slice(0, 2_000)}`);
  }
}

/** The code of a consent can't be made up. */
async function consentFirst({ app }: World, plan: Plan): Promise<void> {
  const { consentsAt, caller, sent } = plan;
  if (!consentsAt) return;
  const path = await consent(app, consentsAt, Object.fromEntries(sent.headers), caller.email);
  if (path !== null) plan.sent = { ...sent, path };
}

function count(report: Report, plan: Plan, answer: Received): void {
  report.requests += 1;
  report.past += isPastRules(plan, answer) ? 1 : 0;
  report.done += answer.status < 400 ? 1 : 0;
  report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1;
}

/** Takes up what the answer gave, and what it changed about people. */
async function follow(game: Game, { sent, as, caller }: Plan, answer: Received): Promise<void> {
  const { world } = game;
  if (answer.status >= 400) return;
  learn(world, caller.circle, sent.path, answer.text);
  const feed = /\/calendar\/([\w-]+)\.ics/.exec(answer.text)?.[1];
  // Mixed from two people, a request doesn't tell whose feed it made.
  if (feed && as[0] && as.length === 1) learnToken(world, { kind: "feed", value: feed, of: as[0] });
  if (!ending.test(sent.path)) return;
  const asked = sent.body?.toString() ?? "";
  const keyed = world.tokens.filter(({ value }) => asked.includes(value)).map(({ of }) => of);
  const concerned = new Set<Player>([caller, ...as, ...keyed]);
  const password = /"newPassword":"([^"\\]+)"/.exec(asked)?.[1];
  await setRight(game, async () => {
    for (const player of concerned) {
      if (password) player.possible.unshift(password);
      await recover(world.app, world.words, player);
    }
  });
}

async function setRight(game: Game, work: () => Promise<void>): Promise<void> {
  const before = game.tending;
  // What went wrong for one is noted with their request, and isn't the next one's fault.
  game.tending = before.then(work, work);
  await game.tending;
}

function heard(game: Game): string {
  const output = game.world.app.output();
  const text = output.slice(game.heard);
  // The last line may not be whole yet.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  game.heard += whole.length;
  return whole;
}

/** The app lives, everybody gets in and reads their own lesson, and nothing of theirs was logged. */
async function atTheEnd(world: World): Promise<string[]> {
  const { app } = world;
  const findings: string[] = [];
  for (const { players, lesson } of world.circles) {
    for (const player of Object.values(players)) {
      if (!(await enter(app, player))) findings.push(`${player.kind} can't sign in at the end`);
    }
    for (const player of [players.tutor, players.student]) {
      const path = `/api/sessions/${lesson}`;
      const answer = await ask(app.url, { path, headers: asBrowser(player) });
      if (answer.status !== 200)
        findings.push(`${player.kind} reads their lesson: ${answer.status}`);
    }
  }
  return [...findings, ...secretsIn(world, app.output())];
}

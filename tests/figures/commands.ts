/**
 * The commands whose figures stand in the docs. For each: which lines of its output are kept in
 * `docs/figures/<name>.json`, and what the docs say of them.
 */
import { z } from "zod";
import { chart } from "../../bench/chart.ts";
import { DETAILS } from "../../bench/tables.ts";
import { Hindered } from "../../scripts/hindered.mjs";
import { lighthouseTable } from "./lighthouseTable.ts";

export const record = z.object({
  command: z.string(),
  /** The commit of the sources that ran. */
  commit: z.string(),
  date: z.iso.date(),
  seconds: z.number().optional(),
  output: z.array(z.string()),
  note: z.string().optional(),
});
export type Kept = z.infer<typeof record>;

interface Command {
  command: string;
  keep: RegExp;
  figures(kept: Kept): Record<string, string>;
  /** The picture that it makes, too. */
  drawing?: { file: string; draw(lines: readonly string[]): string };
}

const number = (digits: string) => new Intl.NumberFormat("en").format(Number(digits));

/** Finds the pattern's first group in the output. @throws if it isn't there */
function found({ command, output }: Kept, pattern: RegExp): string {
  const value = pattern.exec(output.join("\n"))?.[1];
  if (value === undefined) throw new Error(`${command} didn't print ${pattern}`);
  return value;
}

const counted = (kept: Kept, pattern: RegExp) => number(found(kept, pattern));

function minutes({ command, seconds }: Kept): string {
  if (seconds === undefined) throw new Error(`${command}: nobody took the time`);
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A table stands on lines of its own. */
const asBlock = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

const ordeal = (kept: Kept) => ({
  times: counted(kept, /^(\d+) /m),
  lost: counted(kept, /(\d+) lost/),
  doubled: counted(kept, /(\d+) doubled/),
  ended: counted(kept, /(\d+) workers ended/),
  worst: found(kept, /worst ([\d.]+ s)/),
});

/** Adds up the pattern's first group over all lines. A line without it makes the sum no number. */
const sum = (lines: readonly string[], pattern: RegExp): number =>
  lines.reduce((total, line) => total + Number(pattern.exec(line)?.[1]), 0);

/** The middle one of the pattern's first group over all lines that have it. */
function middleOf(lines: readonly string[], pattern: RegExp): string {
  const values = lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  const [middle] = values.toSorted((a, b) => Number(a) - Number(b)).slice(values.length >> 1);
  if (middle === undefined) throw new Error(`Nothing of it looks like ${pattern}`);
  return middle;
}

const tests = (command: string): Command => ({
  command,
  keep: /^(── .+: ok, .+|\d+ passed, \d+ failed)$/,
  figures: (kept) => ({ passed: counted(kept, /^(\d+) passed/m), time: minutes(kept) }),
});

const commands: Record<string, Command> = {
  test: tests("npm test"),
  whole: tests("npm run test:whole"),
  trust: {
    command: "npm run trust -- --table",
    keep: /^([0-9a-f]{12}|\| .+ \||\d+ green in a row, .+)$/,
    figures: (kept) => ({
      commit: found(kept, /^([0-9a-f]{12})$/m),
      table: asBlock(kept.output.filter((line) => line.startsWith("|"))),
      green: counted(kept, /(\d+) green in a row/),
      loaded: counted(kept, /(\d+) of them beside/),
    }),
  },
  simulate: {
    command: "npm run simulate -- --seeds 2000 --from 3001 --clicks 0.02",
    keep: /^(2000 seeds,|Never:|Seeds \d)/,
    figures: (kept) => ({
      steps: counted(kept, /(\d+) steps/),
      links: counted(kept, /(\d+) links followed/),
      violations: counted(kept, /(\d+) violations/),
      never: found(kept, /^Never: (.+)$/m),
    }),
  },
  teeth: {
    command: "npm run simulate -- --teeth --seeds 1000",
    keep: /^(caught at|MISSED|\d+ planted)/,
    figures: (kept) => ({
      planted: counted(kept, /(\d+) planted/),
      caught: counted(kept, /(\d+) caught/),
      rarest: number(
        `${Math.max(...kept.output.map((line) => Number(/caught at seed (\d+)/.exec(line)?.[1] ?? 0)))}`,
      ),
    }),
  },
  fuzz: {
    command: "npm run fuzz -- --seed 1 --seeds 3 --postgres",
    keep: /^seed \d+: \d+ requests, /,
    figures: ({ output }) => ({
      requests: number(`${sum(output, /: (\d+) requests/)}`),
      past: `${Math.min(...output.map((line) => Number(/([\d.]+) % past/.exec(line)?.[1])))}`,
      findings: number(`${sum(output, /(\d+) findings/)}`),
    }),
  },
  bench: {
    command: "npm run bench",
    keep: /^\| /,
    figures: (kept) => {
      const second = kept.output.indexOf(DETAILS);
      if (second < 0) throw new Error(`${kept.command} didn't print its second table`);
      const [times, details] = [kept.output.slice(0, second), kept.output.slice(second)];
      return { times: asBlock(times), details: asBlock(details), time: minutes(kept) };
    },
    drawing: {
      file: "docs/images/bench.svg",
      draw: (lines) => chart(lines.slice(0, lines.indexOf(DETAILS))),
    },
  },
  own: {
    command: "npm run bench:own",
    keep: /^\d+ tutors with /,
    figures: (kept) => ({
      one: counted(kept, /^1 tutors .+, (\d+) a second/m),
      many: counted(kept, /^200 tutors .+, (\d+) a second/m),
      messages: found(kept, /^200 tutors .+ ([\d.]+) messages/m),
      log: found(kept, /^200 tutors .+ ([\d.]+ KB) of log/m),
      memory: found(kept, /^1 tutors .+; (\d+ MB)$/m),
    }),
  },
  joins: {
    command: "npm run bench:joins",
    keep: /^(bare|joins|[\d.]+ × the bare route)/,
    figures: (kept) => ({
      share: middleOf(kept.output, /^([\d.]+) × the bare route$/),
      alone: found(kept, /, alone: .+p99 ([\d.]+ ms)/),
      moving: found(kept, /lessons move: .+p99 ([\d.]+ ms)/),
    }),
  },
  kills: { command: "npm run kills -- 50", keep: /\d+ lost, /, figures: ordeal },
  backends: { command: "npm run kills -- 50 --backends", keep: /\d+ lost, /, figures: ordeal },
  lighthouse: {
    command: "npm run lighthouse",
    keep: /^[✓✗] \//,
    figures: ({ output }) => ({ table: lighthouseTable(output) }),
  },
};

export const names = Object.keys(commands).join(", ");

/** @throws Hindered where nothing is recorded under that name */
export function commandOf(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  throw new Hindered(`Nothing is recorded as ${name}. The names are: ${names}.`);
}

/** The figures that the docs may take from this record, by the name in their marks. */
export function figuresOf(name: string, kept: Kept): Record<string, string> {
  const { command, commit, date } = kept;
  return { command: `\`${command}\``, commit, date, ...commandOf(name).figures(kept) };
}

/**
 * Many processes on one thread, one step at a time. Wherever a process would wait (for the database, a
 * provider, the clock) it parks here, and chance decides who goes on next. Between two steps everybody is
 * parked, so a schedule is only the list of choices, and a seed repeats it.
 */
import { createHash } from "node:crypto";
import type { Dice } from "./dice.ts";

export interface Process {
  readonly name: string;
  /** False once the process is killed. Nothing of it ever runs again. */
  alive: boolean;
  /** The process is paused until then (a long garbage collection, a sleeping machine); the others go on. */
  stalledUntil: number;
}

/** What a parked strand waits for: `unborn` before something takes place, `done` after it did. */
export type Place =
  | "database"
  | "committed"
  | "call"
  | "answer"
  | "pause"
  | "idle"
  /** Not a process: something that is on its way by itself. */
  | "world";

export interface Parked {
  process: Process;
  place: Place;
  label: string;
  readyAt: number;
  resume: () => void;
}

const LONGEST_STEP_MS = 40;

export class Scheduler {
  readonly dice: Dice;
  /** The world's time, in milliseconds since the epoch. */
  now: number;
  steps = 0;
  /** When the clock last leapt. */
  jumpedAt = 0;
  /** Database connections in use. While there are any, somebody is at work. */
  busy = 0;
  readonly #log: string[] = [];
  readonly #hash = createHash("sha256");
  #parked: Parked[] = [];
  #stirrings = 0;

  constructor(dice: Dice, start: number) {
    this.dice = dice;
    this.now = start;
  }

  clock = (): Date => new Date(this.now);

  /** Resolves when this strand is chosen, which never happens once its process was killed. */
  park(process: Process, place: Place, label: string, delayMs = 0): Promise<void> {
    return new Promise((resolve) => {
      this.#stirrings += 1;
      const readyAt = this.now + delayMs;
      this.#parked.push({ process, place, label, readyAt, resume: resolve });
    });
  }

  note(line: string): void {
    this.#log.push(`${new Date(this.now).toISOString().slice(5, 23)} ${line}`);
    this.#hash.update(`${this.now} ${line}\n`);
  }

  /** A hash of everything that happened so far, in order. */
  hash = (): string => this.#hash.copy().digest("hex").slice(0, 16);

  log = (): readonly string[] => this.#log;

  parked = (): readonly Parked[] => this.#parked;

  ready(): Parked[] {
    return this.#parked.filter(
      ({ process, readyAt }) => readyAt <= this.now && process.stalledUntil <= this.now,
    );
  }

  /** The next moment at which somebody could go on just because time passes, or null if there is none. */
  nextAt(): number | null {
    const times = this.#parked
      .map(({ process, readyAt }) => Math.max(readyAt, process.stalledUntil))
      .filter((time) => Number.isFinite(time));
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** Lets this strand go on, and returns when everybody is parked again. */
  async go(chosen: Parked): Promise<void> {
    this.steps += 1;
    this.#parked = this.#parked.filter((one) => one !== chosen);
    this.note(`${chosen.process.name} ${chosen.label}`);
    this.now += this.dice.int(0, LONGEST_STEP_MS);
    chosen.resume();
    await this.settle();
  }

  kill(process: Process): void {
    process.alive = false;
    this.#parked = this.#parked.filter((one) => one.process !== process);
    this.note(`${process.name} KILLED`);
  }

  jump(milliseconds: number): void {
    this.now += milliseconds;
    this.jumpedAt = this.now;
    this.note(`clock leaps by ${Math.round(milliseconds / 1000)} s`);
  }

  /** Wakes the idle strands of all processes. */
  wake(): void {
    for (const one of this.#parked) if (one.place === "idle") one.readyAt = this.now;
  }

  /** Resolves when no connection is in use and nobody parked again during a whole pass of the event loop. */
  async settle(): Promise<void> {
    let seen: number;
    do {
      seen = this.#stirrings;
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.busy > 0 || seen !== this.#stirrings);
  }
}

/** One seed from the first booking to the last rest. */
import type { Context } from "#lib/services/context.ts";
import type { FaultKind } from "#tests/simulation/machine/faults.ts";
import type { Parked, Place, Process } from "#tests/simulation/machine/scheduler.ts";
import { settleIn } from "./cast.ts";
import { Clicks } from "./clicks.ts";
import { somebodyMeddles } from "./hands.ts";
import { checkClean, checkRest } from "./rest.ts";
import type { Wish } from "./watched.ts";
import { somebodyWishes, type WishName, wishFor } from "./wishes.ts";
import { Workers } from "./workers.ts";
import { type Ground, World } from "./world.ts";

export interface Played {
  seed: number;
  hash: string;
  steps: number;
  log: readonly string[];
  violation: string | null;
  faults: ReadonlyMap<FaultKind, number>;
  arrows: ReadonlyMap<string, number>;
  wishes: ReadonlyMap<WishName, number>;
  /** Links that students have followed. */
  followed: number;
}

const MINUTE_MS = 60_000;
const MOST_STEPS = 20_000;

/** What happened to rooms past us, or against us, is for the check to find; all else comes right without it. */
const forTheCheck = ["deleted_by_hand", "moved_by_hand", "changed_late", "forbidden"] as const;

const killedAt: Partial<Record<Place, FaultKind>> = {
  database: "killed_before_transaction",
  committed: "killed_after_commit",
  call: "killed_before_call",
  answer: "killed_after_call",
  pause: "killed_while_waiting",
  idle: "killed_while_waiting",
};

/** `clicks`: how likely a student clicks on a link after each step. */
export async function play(ground: Ground, seed: number, clicks = 0): Promise<Played> {
  const world = new World(ground, seed);
  const game = new Game(world, new Clicks(world, seed, clicks));
  try {
    await game.run();
  } catch (error) {
    world.violate(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { scheduler, faults, arrows, violation } = game.world;
  return {
    seed,
    hash: scheduler.hash(),
    steps: scheduler.steps,
    log: scheduler.log(),
    violation: violation?.message ?? null,
    faults: faults.counts,
    arrows,
    wishes: game.wishes,
    followed: game.clicks.followed,
  };
}

class Game {
  readonly world: World;
  readonly clicks: Clicks;
  readonly wishes = new Map<WishName, number>();
  readonly #workers: Workers;
  #left = 0;
  #nextWishAt = 0;
  #sweptAt = 0;

  constructor(world: World, clicks: Clicks) {
    this.world = world;
    this.clicks = clicks;
    this.#workers = new Workers(world);
  }

  async run(): Promise<void> {
    const { world } = this;
    const { dice, faults, people, scheduler } = world;
    await settleIn(world);
    faults.calm(true);
    for (const tutor of people.tutors) {
      await this.#wish("connect", tutor.id);
      for (let i = dice.int(1, 3); i > 0; i--) await this.#wish("book", tutor.id);
    }
    await this.#until(scheduler.now + 5 * MINUTE_MS);
    faults.calm(false);
    this.#left = dice.int(1, 8);
    this.#nextWishAt = scheduler.now;
    await this.#until(scheduler.now + 10 * MINUTE_MS);
    faults.calm(true);
    await this.#comeToRest();
    if (dice.chance(0.25)) await this.#liveOn();
  }

  /** The troubles are over: everything must come right by itself, or by the button that the page names. */
  async #comeToRest(): Promise<void> {
    const { world } = this;
    const { faults, people, scheduler } = world;
    await this.#until(scheduler.now + 20 * MINUTE_MS);
    const isMeddled = forTheCheck.some((kind) => faults.counts.has(kind));
    for (const { id } of people.tutors) {
      if (isMeddled) await this.#wish("check", id);
      // As the page asks for.
      for (let tries = 0; tries < 3; tries++) {
        const grant = world.seen.grants.find((one) => one.current && one.tutor_id === id);
        const wish = grant?.status === "needs_reconnect" ? "reconnect" : "refresh";
        if (wish === "refresh" && !this.#isAnyRefused(id)) break;
        await this.#wish(wish, id);
        await this.#untilDates();
      }
      if (isMeddled) await this.#wish("check", id);
      await this.#untilDates();
    }
    checkRest(world);
    await this.#until(scheduler.now + (world.ground.config.undoWindowMinutes + 60) * MINUTE_MS);
    checkRest(world);
    checkClean(world);
  }

  /** Until what waits for a date has had it, and has been seen to. */
  async #untilDates(): Promise<void> {
    const { scheduler, seen } = this.world;
    const dates = [
      ...seen.migrations.map(({ waiting_until: at }) => at),
      ...seen.meetings.map(({ state, due: at }) =>
        state === "intended" || state === "live" ? at : null,
      ),
    ].filter((at) => at !== null);
    await this.#until(Math.max(scheduler.now, ...dates) + 20 * MINUTE_MS);
  }

  #isAnyRefused(tutorId: string): boolean {
    const { grants, meetings } = this.world.seen;
    const grant = grants.find((one) => one.current && one.tutor_id === tutorId);
    return meetings.some(
      (one) => one.refused && one.tutor_id === tutorId && one.generation === grant?.generation,
    );
  }

  /** Until all lessons are over. */
  async #liveOn(): Promise<void> {
    const { scheduler, seen } = this.world;
    const last = Math.max(scheduler.now, ...seen.sessions.map(({ ends }) => ends));
    while (scheduler.now < last + 30 * MINUTE_MS && !this.world.violation) {
      await this.#until(Math.min(scheduler.now + 6 * 60 * MINUTE_MS, last + 31 * MINUTE_MS));
    }
    checkClean(this.world);
  }

  /** Everybody acts until then, and the clock goes no further. */
  async #until(end: number): Promise<void> {
    const { world } = this;
    const { scheduler } = world;
    while (!world.violation) {
      if (scheduler.steps > MOST_STEPS) world.violate("The world doesn't come to rest");
      this.#workers.keepUp(2);
      await scheduler.settle();
      if (this.#left > 0 && scheduler.now >= this.#nextWishAt) await this.#someWish();
      const ready = scheduler.ready();
      if (ready.length > 0) await this.#step(ready);
      else if (!this.#passTime(end)) break;
    }
    if (scheduler.now < end) scheduler.now = end;
  }

  async #step(ready: Parked[]): Promise<void> {
    const { scheduler, faults, dice } = this.world;
    const chosen = dice.pick(ready);
    const killed = killedAt[chosen.place];
    if (killed && faults.strikes(killed, 0.1)) {
      scheduler.kill(chosen.process);
      this.world.isAllWell = false;
      return;
    }
    const isCalling = chosen.place === "call" || chosen.place === "answer";
    if (faults.strikes("stalled", isCalling ? 0.3 : 0.05)) {
      chosen.process.stalledUntil = scheduler.now + dice.int(2, 40) * 1000;
      scheduler.note(`${chosen.process.name} stalls`);
      return;
    }
    if (faults.strikes("clock_jump", 0.02)) {
      scheduler.jump(dice.pick([11_000, 2 * MINUTE_MS, 61 * MINUTE_MS]));
    }
    await somebodyMeddles(this.world);
    await scheduler.go(chosen);
    await this.clicks.perhaps();
  }

  /** @returns false where nothing is to come before `end` */
  #passTime(end: number): boolean {
    const { scheduler } = this.world;
    const times = [scheduler.nextAt() ?? end + 1, this.#left > 0 ? this.#nextWishAt : end + 1];
    const sweep = this.#nextSweep();
    const next = Math.min(...times, sweep);
    if (next > end) return false;
    scheduler.now = Math.max(scheduler.now, next);
    if (next === sweep) {
      this.#sweptAt = scheduler.now;
      this.#workers.sweep();
    }
    return true;
  }

  /** What falls due next, or the minute's look at everything as long as that finds something. */
  #nextSweep(): number {
    const { scheduler, seen } = this.world;
    const looks = seen.meetings.flatMap(({ look_due: at }) => at ?? []);
    const due = [...seen.meetings, ...seen.grants].flatMap(({ due: at }) => at ?? []);
    const waits = seen.migrations.flatMap(({ status, waiting_until: at }) =>
      status === "waiting" && at !== null ? at : [],
    );
    // A room that people may be inside is let go of later than its date says.
    const lessons = seen.sessions.flatMap(({ starts, ends }) => [
      starts - 15 * MINUTE_MS,
      starts,
      ends,
      ends + 15 * MINUTE_MS,
    ]);
    const minute = Math.max(this.#sweptAt + MINUTE_MS, scheduler.now);
    const later = [...due, ...looks, ...waits]
      .map((at) => Math.ceil(at) + 1)
      .filter((at) => at > this.#sweptAt);
    const doors = lessons.filter((at) => at > this.#sweptAt).map((at) => Math.max(at, minute));
    return Math.min(...later, ...doors, this.world.isAllWell ? Number.POSITIVE_INFINITY : minute);
  }

  async #someWish(): Promise<void> {
    const { world } = this;
    const { dice, scheduler } = world;
    this.#left -= 1;
    // At once, in the middle of the last one, or when that has long come to rest.
    this.#nextWishAt = scheduler.now + dice.pick([0, 200, 700, 2_000, 15_000, 3 * MINUTE_MS]);
    const act = somebodyWishes(world);
    if (act) await this.#begin(act);
  }

  /** A wish in quiet times, carried out to its end. */
  async #wish(name: WishName, tutorId: string): Promise<void> {
    const { world } = this;
    const tutor = world.people.tutors.find(({ id }) => id === tutorId);
    const act = tutor && wishFor(world, tutor, name);
    if (!act) return;
    await this.#begin(act);
    await this.#until(world.scheduler.now + MINUTE_MS);
  }

  async #begin({
    wish,
    run,
  }: {
    wish: Wish;
    run: (ctx: Context) => Promise<unknown>;
  }): Promise<void> {
    const { world } = this;
    const process: Process = world.process("web");
    const name = wish.name as WishName;
    this.wishes.set(name, (this.wishes.get(name) ?? 0) + 1);
    world.scheduler.note(`${process.name} begins to ${wish.name} ${wish.target?.account ?? ""}`);
    world.wishes.set(process, wish);
    void this.#carryOut(process, wish, run);
    await world.scheduler.settle();
  }

  async #carryOut(
    process: Process,
    wish: Wish,
    run: (ctx: Context) => Promise<unknown>,
  ): Promise<void> {
    const { world } = this;
    try {
      await run(world.context(process));
      world.scheduler.note(`${process.name} has its ${wish.name}`);
      if (wish.target && !wish.isStored)
        world.violate(`${process.name} was told "connected", and isn't`);
    } catch (error) {
      world.expectTrouble(process, wish.name, error);
    }
  }
}

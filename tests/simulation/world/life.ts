/** How a world goes on: who acts next, which faults occur, and when the clock moves. */
import { ConnectFailed } from "#lib/services/switching/connectErrors.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { FaultKind } from "#tests/simulation/machine/faults.ts";
import type { Parked, Place, Process } from "#tests/simulation/machine/scheduler.ts";
import { nextSweepAt } from "./agenda.ts";
import { checkKept } from "./checkCommits.ts";
import type { Clicks } from "./clicks.ts";
import { somebodyMeddles } from "./hands.ts";
import type { Wish } from "./watched.ts";
import { somebodyWishes, type WishName, wishFor } from "./wishes.ts";
import { Workers } from "./workers.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;
const MOST_STEPS = 20_000;

const killedAt: Partial<Record<Place, FaultKind>> = {
  database: "killed_before_transaction",
  committed: "killed_after_commit",
  call: "killed_before_call",
  answer: "killed_after_call",
  pause: "killed_while_waiting",
  idle: "killed_while_waiting",
};

export class Life {
  readonly wishes = new Map<WishName, number>();
  readonly #world: World;
  readonly #clicks: Clicks;
  readonly #workers: Workers;
  #left = 0;
  #nextWishAt = 0;
  #sweptAt = 0;

  readonly #workerCount: number;

  constructor(world: World, clicks: Clicks, workers = 2) {
    this.#world = world;
    this.#workerCount = workers;
    this.#clicks = clicks;
    this.#workers = new Workers(world);
  }

  /** From now on people ask for this many things, sooner or later. */
  stir(wishes: number): void {
    this.#left = wishes;
    this.#nextWishAt = this.#world.scheduler.now;
  }

  /** Everybody acts until `end`, and the clock goes no further. */
  async until(end: number): Promise<void> {
    const world = this.#world;
    const { scheduler } = world;
    // Whatever was examined before, perhaps in vain, is examined once more.
    world.isAllWell = false;
    while (!world.violation) {
      if (scheduler.steps > MOST_STEPS) world.violate("The world doesn't come to rest");
      this.#workers.keepUp(this.#workerCount);
      await scheduler.settle();
      if (this.#left > 0 && scheduler.now >= this.#nextWishAt) await this.#someWish();
      const ready = scheduler.ready();
      if (ready.length > 0) await this.#step(ready);
      else if (!this.#passTime(end)) break;
    }
    if (scheduler.now < end) scheduler.now = end;
  }

  async #step(ready: Parked[]): Promise<void> {
    const { scheduler, faults, dice } = this.#world;
    const chosen = dice.pick(ready);
    const killed = killedAt[chosen.place];
    if (killed && faults.strikes(killed, 0.1)) {
      scheduler.kill(chosen.process);
      this.#world.isAllWell = false;
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
    await somebodyMeddles(this.#world);
    await scheduler.go(chosen);
    await this.#clicks.perhaps();
  }

  /** @returns false if nothing is due before `end` */
  #passTime(end: number): boolean {
    const { scheduler } = this.#world;
    const times = [scheduler.nextAt() ?? end + 1, this.#left > 0 ? this.#nextWishAt : end + 1];
    const sweep = nextSweepAt(this.#world, this.#sweptAt);
    const next = Math.min(...times, sweep);
    if (next > end) return false;
    scheduler.now = Math.max(scheduler.now, next);
    if (next === sweep) {
      this.#sweptAt = scheduler.now;
      this.#workers.sweep();
    }
    return true;
  }

  async #someWish(): Promise<void> {
    const world = this.#world;
    const { dice, scheduler } = world;
    this.#left -= 1;
    // At once, while the previous request is under way, or long after that has settled.
    this.#nextWishAt = scheduler.now + dice.pick([0, 200, 700, 2_000, 15_000, 3 * MINUTE_MS]);
    const act = somebodyWishes(world);
    if (act) await this.begin(act);
  }

  /** Carries out one request to its end, while no faults occur. */
  async wish(name: WishName, tutorId: string): Promise<void> {
    const world = this.#world;
    const tutor = world.people.tutors.find(({ id }) => id === tutorId);
    const act = tutor && wishFor(world, tutor, name);
    if (!act) return;
    await this.begin(act);
    await this.until(world.scheduler.now + MINUTE_MS);
  }

  /** A process of its own sets out to do this. */
  async begin({
    wish,
    run,
  }: {
    wish: Wish;
    run: (ctx: Context) => Promise<unknown>;
  }): Promise<void> {
    const world = this.#world;
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
    const world = this.#world;
    try {
      await run(world.context(process));
      world.scheduler.note(`${process.name} has its ${wish.name}`);
      wish.overAt = world.scheduler.now;
      if (wish.target && !wish.isStored)
        world.violate(`${process.name} was told "connected", and isn't`);
    } catch (error) {
      wish.overAt = world.scheduler.now;
      world.expectTrouble(process, wish.name, error);
      if (error instanceof ConnectFailed && error.code === "scope_missing") {
        checkKept(world, process);
      }
    }
  }
}

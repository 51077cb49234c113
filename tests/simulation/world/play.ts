/** Plays one seed, from the first booking until everything has finally settled. */
import type { FaultKind } from "#tests/simulation/machine/faults.ts";
import type { Cloud } from "#tests/simulation/model/cloud.ts";
import { settleIn } from "./cast.ts";
import { Clicks } from "./clicks.ts";
import { Life } from "./life.ts";
import { checkClean, checkRest, checkWaits } from "./rest.ts";
import { rush } from "./rush.ts";
import type { WishName } from "./wishes.ts";
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
  /** How many links students have followed. */
  followed: number;
}

const MINUTE_MS = 60_000;
/** How fast an account is called is watched with so many of the seeds. */
const RUSH_EVERY = 16;
const DAYS_AT_MOST = 4;

/** Changes to rooms that bypass Segue are found only by the check. Everything else settles without it. */
const forTheCheck = [
  "deleted_by_hand",
  "moved_by_hand",
  "passcode_by_hand",
  "changed_late",
  "forbidden",
] as const;

/** `clicks`: how likely a student clicks on a link after each step. */
export async function play(ground: Ground, seed: number, clicks = 0): Promise<Played> {
  const world = new World(ground, seed);
  const students = new Clicks(world, seed, clicks);
  const life = new Life(world, students);
  try {
    await new Story(world, life).run();
    if (seed % RUSH_EVERY === 0) await rush(world, seed);
  } catch (error) {
    world.violate(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { scheduler, faults, arrows, violation } = world;
  return {
    seed,
    hash: scheduler.hash(),
    steps: scheduler.steps,
    log: scheduler.log(),
    violation: violation?.message ?? null,
    faults: faults.counts,
    arrows,
    wishes: life.wishes,
    followed: students.followed,
  };
}

class Story {
  readonly #world: World;
  readonly #life: Life;

  constructor(world: World, life: Life) {
    this.#world = world;
    this.#life = life;
  }

  async run(): Promise<void> {
    const world = this.#world;
    const { dice, faults, people, scheduler } = world;
    await settleIn(world);
    faults.calm(true);
    for (const tutor of people.tutors) {
      await this.#life.wish("connect", tutor.id);
      for (let i = dice.int(1, 3); i > 0; i--) await this.#life.wish("book", tutor.id);
    }
    await this.#life.until(scheduler.now + 5 * MINUTE_MS);
    faults.calm(false);
    this.#life.stir(dice.int(1, 8));
    await this.#life.until(scheduler.now + 10 * MINUTE_MS);
    faults.calm(true);
    await this.#comeToRest();
    if (dice.chance(0.25)) await this.#liveOn();
  }

  /** No more faults occur. Everything must settle by itself, or by the button that the page names. */
  async #comeToRest(): Promise<void> {
    const world = this.#world;
    const { faults, people, scheduler } = world;
    await this.#life.until(scheduler.now + 20 * MINUTE_MS);
    checkWaits(world);
    const isMeddled = forTheCheck.some((kind) => faults.counts.has(kind));
    for (const { id } of people.tutors) {
      if (isMeddled) await this.#life.wish("check", id);
      // These are the buttons that the page offers. A connection may die while something waits for its date.
      for (let tries = 0; tries < 3; tries++) {
        await this.#untilDates();
        const grant = world.seen.grants.find((one) => one.current && one.tutor_id === id);
        const wish = grant?.status === "needs_reconnect" ? "reconnect" : "refresh";
        if (wish === "refresh" && !this.#isAnyRefused(id)) break;
        await this.#life.wish(wish, id);
      }
      if (isMeddled) await this.#life.wish("check", id);
      await this.#untilDates();
    }
    checkRest(world);
    await this.#checkInVain();
    await this.#life.until(
      scheduler.now + (world.ground.config.undoWindowMinutes + 60) * MINUTE_MS,
    );
    checkRest(world);
    checkClean(world);
  }

  /**
   * A provider that spells things its own way is told again twice at most: once because its spelling is new, and once
   * because a time far off is believed only when it is there again. After that a check changes nothing. Workers check
   * rooms of every tutor meanwhile, so all of them have to be that far.
   */
  async #checkInVain(): Promise<void> {
    const { clouds, people } = this.#world;
    const isOdd = (cloud: Cloud) => cloud.spelling.size > 0 || cloud.varying.size > 0;
    if (!Object.values(clouds).some(isOdd)) return;
    const updates = () => clouds.zoom.updates + clouds.google_meet.updates;
    const checkAll = async () => {
      for (const { id } of people.tutors) {
        await this.#life.wish("check", id);
        await this.#untilDates();
      }
    };
    await checkAll();
    await checkAll();
    const before = updates();
    await checkAll();
    if (updates() > before) {
      this.#world.violate("A check tells rooms again and again what they were told");
    }
  }

  /**
   * Waits until everything that has a date has reached it and been worked on. Where there are more lessons than a day has
   * calls, that is several days.
   */
  async #untilDates(): Promise<void> {
    const { scheduler } = this.#world;
    for (let times = 0; times < DAYS_AT_MOST; times++) {
      const dates = this.#dates();
      await this.#life.until(Math.max(scheduler.now, ...dates) + 20 * MINUTE_MS);
      if (!this.#dates().some((date) => date > scheduler.now)) return;
    }
  }

  #dates(): number[] {
    const { seen } = this.#world;
    return [
      ...seen.migrations.map(({ waiting_until: at }) => at),
      ...seen.meetings.map(({ look_due: at }) => at),
      ...seen.meetings.map(({ state, due: at }) =>
        state === "intended" || state === "live" ? at : null,
      ),
    ].filter((at) => at !== null);
  }

  #isAnyRefused(tutorId: string): boolean {
    const { grants, meetings } = this.#world.seen;
    const grant = grants.find((one) => one.current && one.tutor_id === tutorId);
    return meetings.some(
      (one) => one.refused && one.tutor_id === tutorId && one.generation === grant?.generation,
    );
  }

  /** Waits until all lessons are over. */
  async #liveOn(): Promise<void> {
    const { scheduler, seen } = this.#world;
    const last = Math.max(scheduler.now, ...seen.sessions.map(({ ends }) => ends));
    await this.#life.until(last + 31 * MINUTE_MS);
    checkClean(this.#world);
  }
}

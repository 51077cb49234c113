/**
 * Many lessons move at once, to an account that takes only so many calls at a time, and nothing else goes wrong.
 * Here it is watched how fast the account is called and in which order: of that a world with faults shows nothing.
 */
import type { ProviderId } from "#lib/providers/provider.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import type { Happening } from "#tests/simulation/model/sky.ts";
import { connect, settleIn } from "./cast.ts";
import { Clicks } from "./clicks.ts";
import { Life } from "./life.ts";
import { World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** So that a rush has other chances than the story of its seed. */
const RUSHES_FROM = 1_000_000;
const LESSONS = 24;
/** How many calls the account takes at once; it says so by refusing. */
const TAKES = [2, 3, 5, 1_000];
const ANSWERS_TAKE_MS = { quickest: 20, slowest: 3_300 };
/** Each refusal costs its lesson a pause, and finding the limit costs some. */
const REFUSALS_BESIDE_LIMIT = 12;
/** For so long a lesson may be due before it counts as left waiting: a snapshot's age, a permit's wait, and some steps. */
const LEFT_WAITING_MS = 4_000;
/** Two calls of which the first had its permit sooner may leave in the other order. */
const ON_ITS_WAY_MS = 1_500;
/** So many may be on their way out of order, each in a step of its own. */
const FIRST_AMONG = 4;
/** What is lost between two calls, by pauses after refusals and by the steps in the database. */
const SLACK = 2.5;
/** Once the last answer is written down, a snapshot shows that nothing is left. */
const SETTLED_MS = 3_000;
/** After so many rooms somebody books a lesson that is sooner than all. */
const BOOKED_AFTER = 8;

/** Violations are the world's. */
export async function rush(of: World, seed: number): Promise<void> {
  let world = new World(of.ground, RUSHES_FROM + seed);
  // A day of a few calls is no day for a rush.
  for (let more = 1; isSmall(world); more++) {
    world = new World(of.ground, RUSHES_FROM * (more + 1) + seed);
  }
  await new Rush(world).run();
  if (world.violation)
    of.violate(`In a rush: ${world.violation.message}\n${world.scheduler.log().join("\n")}`);
}

const isSmall = ({ clouds }: World) => clouds.zoom.habits.writesPerDay < 2 * LESSONS;

class Rush {
  readonly #world: World;
  readonly #life: Life;
  readonly #provider: ProviderId;
  readonly #takes: number;
  /** When each lesson's first create left, in that order. */
  readonly #called = new Map<string, number>();
  /** When a later lesson was first called for although they waited. */
  readonly #overtaken = new Map<string, number>();
  #booked: { startsAt: number; since: number } | null = null;

  constructor(world: World) {
    this.#world = world;
    this.#life = new Life(world, new Clicks(world, 0, 0), 1);
    this.#provider = world.dice.pick(["google_meet", "zoom"]);
    this.#takes = world.dice.pick(TAKES);
  }

  async run(): Promise<void> {
    const world = this.#world;
    const { people, scheduler, skies, clouds } = world;
    world.faults.calm(true);
    const sky = skies[this.#provider];
    sky.slowest = ANSWERS_TAKE_MS.slowest;
    sky.leaves = (call) => {
      if (call.operation === "create") this.#watch(call);
    };
    await settleIn(world);
    const [tutor] = people.tutors;
    if (!tutor) throw new Error("Nobody teaches");
    const at = (provider: ProviderId) => ({ provider, account: `${tutor.name}-${provider}` });
    const from = at(this.#provider === "zoom" ? "google_meet" : "zoom");
    await this.#ask(tutor, (ctx) => connect(ctx, tutor, from), from);
    await this.#life.until(scheduler.now + MINUTE_MS);
    await this.#ask(tutor, (ctx) => this.#enter(ctx, tutor, 4 * HOUR_MS, LESSONS));
    await this.#life.until(scheduler.now + 5 * MINUTE_MS);
    const to = at(this.#provider);
    const { crowd } = clouds[this.#provider];
    crowd.limit(to.account, this.#takes);
    const began = scheduler.now;
    await this.#ask(tutor, (ctx) => connect(ctx, tutor, to), to);
    await this.#life.until(scheduler.now + 20 * MINUTE_MS);
    const last = Math.max(...this.#called.values());
    this.#judge(last - began, crowd.refused);
    this.#judgeSettling();
  }

  #ask(
    tutor: Person,
    run: (ctx: Context) => Promise<unknown>,
    target?: { provider: ProviderId; account: string },
  ) {
    const beganAt = this.#world.scheduler.now;
    const wish = {
      name: target ? "connect" : "add_lessons",
      tutorId: tutor.id,
      target,
      isStored: false,
      beganAt,
      overAt: null,
    };
    return this.#life.begin({ wish, run });
  }

  /** Lessons on that many weeks in a row, the first so long from now. */
  async #enter(ctx: Context, tutor: Person, ahead: number, weeks: number): Promise<void> {
    const { now } = this.#world.scheduler;
    const startsAt = now - (now % MINUTE_MS) + ahead;
    const student = await addStudent(ctx, tutor, { name: "Mia", timeZone: "Etc/UTC" });
    await addLessons(ctx, tutor, student.id, {
      subject: "Lesson",
      startsAt: new Date(startsAt).toISOString(),
      durationMinutes: 45,
      timeZone: "Etc/UTC",
      repeatWeekly: weeks,
    });
    if (weeks === 1) this.#booked = { startsAt, since: this.#world.scheduler.now };
  }

  #watch({ externalId: key }: Happening): void {
    const world = this.#world;
    const { now } = world.scheduler;
    const row = world.seen.meetings.find((one) => one.key === key);
    if (!row || this.#called.has(row.session_id)) return;
    this.#called.set(row.session_id, now);
    this.#overtaken.delete(row.session_id);
    const start = this.#startOf(row.session_id);
    const waiting = this.#waitingSince().filter(({ id }) => this.#startOf(id) < start);
    if (this.#called.size === 1 && waiting.length >= FIRST_AMONG) {
      world.violate("The first call wasn't for one of the soonest lessons");
    }
    for (const { id, since } of waiting) {
      if (since > now - LEFT_WAITING_MS) continue;
      if (!this.#overtaken.has(id)) this.#overtaken.set(id, now);
    }
    if ([...this.#overtaken.values()].some((at) => at < now - ON_ITS_WAY_MS)) {
      world.violate("Later lessons were called for while a sooner one waited");
    }
    const [tutor] = world.people.tutors;
    if (this.#called.size === BOOKED_AFTER && tutor) {
      void this.#ask(tutor, (ctx) => this.#enter(ctx, tutor, 2 * HOUR_MS, 1));
    }
  }

  /** Lessons that may be called for and weren't yet: since their row was written or is due, or since they were booked. */
  #waitingSince(): { id: string; since: number }[] {
    const { sessions, meetings } = this.#world.seen;
    const { now } = this.#world.scheduler;
    return sessions
      .filter(({ id }) => !this.#called.has(id))
      .map(({ id, starts }) => {
        const row = meetings.find((one) => one.session_id === id && one.state === "intended");
        const bookedAt = starts === this.#booked?.startsAt ? this.#booked.since : now;
        return { id, since: row ? Math.max(row.since, row.due ?? 0) : bookedAt };
      });
  }

  #startOf(sessionId: string): number {
    const session = this.#world.seen.sessions.find(({ id }) => id === sessionId);
    return session?.starts ?? Number.POSITIVE_INFINITY;
  }

  #judge(took: number, refused: number): void {
    const world = this.#world;
    const lessons = LESSONS + 1;
    const { now } = world.scheduler;
    const left = world.seen.sessions.filter(
      (one) => one.starts > now && one.provider !== this.#provider,
    );
    if (left.length > 0) world.violate(`${left.length} lessons are where they were`);
    if (refused > Math.min(this.#takes, lessons) + REFUSALS_BESIDE_LIMIT) {
      world.violate(
        `${refused} calls were refused by an account that takes ${this.#takes} at once`,
      );
    }
    const answer = ANSWERS_TAKE_MS.quickest + ANSWERS_TAKE_MS.slowest;
    const most = (lessons / Math.min(this.#takes, 5)) * answer * SLACK;
    if (took > most) {
      world.violate(
        `The last of ${lessons} lessons was called for after ${took} ms, at an account that takes ${this.#takes} at once`,
      );
    }
  }

  /** The switch is over with its last lesson: from then on it can be undone, and what failed can be tried again. */
  #judgeSettling(): void {
    const { seen, config } = this.#world;
    const [migration] = seen.migrations;
    const until = migration?.undo_until ?? Number.POSITIVE_INFINITY;
    const settledAt = until - config.undoWindowMinutes * MINUTE_MS;
    const moved = seen.meetings.filter(
      ({ state, provider }) => state === "live" && provider === this.#provider,
    );
    const lastMovedAt = Math.max(...moved.map(({ since }) => since));
    if (settledAt > lastMovedAt + SETTLED_MS) {
      this.#world.violate(
        `The switch was over ${settledAt - lastMovedAt} ms after its last lesson`,
      );
    }
  }
}

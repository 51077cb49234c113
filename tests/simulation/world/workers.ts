/** The processes that do the work, as a job queue would have them do it. */

import { checkSoonLinks } from "#lib/services/drift/checkSoonLinks.ts";
import { reconcile } from "#lib/services/reconcile/reconcile.ts";
import { dueTutors, unsettledTutors } from "#lib/services/reconcile/sweep.ts";
import { advanceSessions } from "#lib/services/sessions/advanceSessions.ts";
import { notifyEverybody, notifyPeople } from "#lib/services/telling/notifyPeople.ts";
import { remindPeople } from "#lib/services/telling/remindPeople.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import { postOffice } from "./postOffice.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;
const ENOUGH_LOOKS = 1;
const HOUR_MS = 60 * MINUTE_MS;

export class Workers {
  readonly #world: World;
  readonly #alone: boolean;
  readonly #running = new Set<Process>();
  /** Tutors whom a worker is working for now. */
  readonly #taken = new Map<string, Process>();
  #isSweepDue = false;
  #minute = 0;
  #hour = 0;
  /** Full sweeps in a row that led to no change. A tutor who must reconnect is found by every sweep. */
  #fruitless = 0;
  #seenChanges = 0;

  constructor(world: World) {
    this.#world = world;
    // A queue lets one worker at a time work for a tutor, but after a kill it may be two.
    this.#alone = world.dice.chance(0.5);
  }

  /** Replaces the workers that were killed. */
  keepUp(count: number): void {
    for (const process of this.#running) if (!process.alive) this.#running.delete(process);
    while (this.#running.size < count) {
      const process = this.#world.process("worker");
      this.#running.add(process);
      void this.#live(process, this.#world.context(process));
    }
  }

  /** The clock has reached the next sweep. */
  sweep(): void {
    this.#isSweepDue = true;
    this.#world.scheduler.wake();
  }

  async #live(process: Process, ctx: Context): Promise<void> {
    for (;;) {
      try {
        const isBusy = this.#isSweepDue
          ? await this.#sweepOnce(process, ctx)
          : await this.#workOnce(process, ctx);
        if (isBusy) continue;
      } catch (error) {
        this.#world.expectTrouble(process, "work", error);
      }
      await this.#world.scheduler.park(process, "idle", "looks for work", Number.POSITIVE_INFINITY);
    }
  }

  async #workOnce(process: Process, ctx: Context): Promise<boolean> {
    const { nudges } = this.#world;
    const tutorId = nudges.find((id) => !this.#alone || this.#taken.get(id)?.alive !== true);
    if (!tutorId) return false;
    nudges.splice(nudges.indexOf(tutorId), 1);
    this.#taken.set(tutorId, process);
    try {
      const { nextAt } = await reconcile(ctx, tutorId);
      await notifyPeople(ctx, tutorId);
      if (nextAt && nextAt <= ctx.clock()) this.#world.nudge(tutorId);
    } finally {
      this.#taken.delete(tutorId);
    }
    return true;
  }

  async #sweepOnce(process: Process, ctx: Context): Promise<boolean> {
    this.#isSweepDue = false;
    this.#world.isAllWell = false;
    const before = this.#world.changes;
    const found = await dueTutors(ctx);
    const { now } = this.#world.scheduler;
    if (now - this.#minute >= MINUTE_MS) {
      await advanceSessions(ctx);
      await notifyEverybody(ctx);
      await remindPeople(ctx);
      await sendMails(ctx, postOffice(this.#world, process));
      const unsettled = await unsettledTutors(ctx);
      found.push(...unsettled);
      this.#minute = now;
      this.#fruitless = this.#world.changes === this.#seenChanges ? this.#fruitless + 1 : 0;
      this.#seenChanges = this.#world.changes;
      const isQuiet = unsettled.length === 0 || this.#fruitless >= ENOUGH_LOOKS;
      // Changes made after the sweep read the tables aren't covered by it.
      this.#world.isAllWell = isQuiet && this.#world.changes === before;
    }
    for (const tutorId of new Set(found)) this.#world.nudge(tutorId);
    if (now - this.#hour >= HOUR_MS) {
      this.#hour = now;
      await checkSoonLinks(ctx);
    }
    return true;
  }
}

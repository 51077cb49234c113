import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { DUTY_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { type DutyName, leaveDuty, takeDuty } from "#lib/records/duties/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * What one process does for the whole house. Two may for a moment both believe that it is theirs, as after a process was
 * stopped and went on, so it must do no harm when it is done twice.
 */
export class Duty {
  readonly #ctx: Context;
  readonly #name: DutyName;
  readonly #holder: string;
  /** From then on the lease has to be renewed. */
  #goodUntil: Date | null = null;

  /** Until then others have their turn. */
  #awayUntil: Date | null = null;

  constructor(ctx: Context, name: DutyName) {
    this.#ctx = ctx;
    this.#name = name;
    this.#holder = ctx.newId();
  }

  /** Ask each time before it is done. */
  async isOurs(): Promise<boolean> {
    const now = this.#ctx.clock();
    if (this.#goodUntil && now < this.#goodUntil) return true;
    if (this.#awayUntil && now < this.#awayUntil) return false;
    const lease = {
      duty: this.#name,
      holder: this.#holder,
      until: addSeconds(now, DUTY_LEASE_SECONDS),
    };
    const isTaken = await asService(this.#ctx.db, (trx) => takeDuty(trx, lease, now));
    // Renewed when half of it is over, so that it isn't written every second.
    this.#goodUntil = isTaken ? addSeconds(now, DUTY_LEASE_SECONDS / 2) : null;
    return isTaken;
  }

  /** Another process takes it at once. @param seconds how long this one doesn't take it again */
  async leave(seconds = 0): Promise<void> {
    if (!this.#goodUntil) return;
    this.#goodUntil = null;
    this.#awayUntil = addSeconds(this.#ctx.clock(), seconds);
    const of = { duty: this.#name, holder: this.#holder };
    await asService(this.#ctx.db, (trx) => leaveDuty(trx, of));
  }
}

/** Everything that may go wrong, each kind with a name. How often each happened is counted and reported. */
import type { Dice } from "./dice.ts";

export const faultKinds = [
  // Processes
  "killed_before_transaction",
  "killed_after_commit",
  "killed_before_call",
  "killed_after_call",
  "killed_while_waiting",
  "stalled",
  "clock_jump",
  "nudge_lost",
  // Database
  "connection_killed",
  "commit_unknown",
  // Provider
  "answer_lost",
  "landed_late",
  "changed_late",
  "rate_limited",
  "crowded",
  "far_retry",
  "forbidden",
  "unavailable",
  "timeout",
  "refused",
  "refused_oddly",
  "invalid_grant",
  "rotation_lost",
  "meet_pending",
  "meet_failed",
  "no_meet",
  "in_progress",
  "provider_down",
  "day_used_up",
  "foreign_answer",
  "answer_unread",
  "spelled_otherwise",
  "link_varies",
  "refresh_refused",
  "client_refused",
  "api_disabled",
  "scope_less",
  // Mail server
  "mail_away",
  // People, bypassing Segue
  "deleted_by_hand",
  "moved_by_hand",
  "link_by_hand",
  "consent_withdrawn",
  "passcode_by_hand",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Which faults a world has, and how likely each is where it may happen. */
export class Faults {
  readonly counts = new Map<FaultKind, number>();
  readonly #dice: Dice;
  readonly #rates = new Map<FaultKind, number>();
  #calm = false;

  /** A world gets only some kinds, because with few of them it gets further into the corners of each. */
  constructor(dice: Dice) {
    this.#dice = dice;
    const share = dice.pick([0.1, 0.25, 0.5, 0.8]);
    for (const kind of faultKinds) {
      if (dice.chance(share)) this.#rates.set(kind, dice.pick([0.05, 0.15, 0.4]));
    }
  }

  /** While this is on, nothing goes wrong. */
  calm(isCalm: boolean): void {
    this.#calm = isCalm;
  }

  get isCalm(): boolean {
    return this.#calm;
  }

  /** Whether the fault happens here and now. */
  strikes(kind: FaultKind, factor = 1): boolean {
    const rate = this.#rates.get(kind);
    if (this.#calm || rate === undefined || !this.#dice.chance(rate * factor)) return false;
    this.count(kind);
    return true;
  }

  has = (kind: FaultKind): boolean => !this.#calm && this.#rates.has(kind);

  count(kind: FaultKind): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }
}

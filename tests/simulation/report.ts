/** The totals of what a run has shown. */
import { faultKinds } from "./machine/faults.ts";
import { arrows } from "./world/arrows.ts";
import type { Played } from "./world/play.ts";
import { wishNames } from "./world/wishes.ts";

export class Report {
  readonly faults = zeros(faultKinds);
  readonly arrows = zeros(arrows);
  readonly wishes = zeros(wishNames);
  seeds = 0;
  steps = 0;
  followed = 0;
  violations: Played[] = [];

  add(played: Played): void {
    this.seeds += 1;
    this.steps += played.steps;
    this.followed += played.followed;
    addAll(this.faults, played.faults);
    addAll(this.arrows, played.arrows);
    addAll(this.wishes, played.wishes);
    if (played.violation !== null) this.violations.push(played);
  }

  /** What could have happened and never did. */
  never(): string[] {
    return [this.faults, this.arrows, this.wishes].flatMap((counts) =>
      [...counts].filter(([, count]) => count === 0).map(([name]) => name),
    );
  }

  lines(): string[] {
    return [
      `${this.seeds} seeds, ${this.steps} steps, ${this.followed} links followed: ${this.violations.length} violations`,
      `Wishes: ${listed(this.wishes)}`,
      `Faults: ${listed(this.faults)}`,
      `State arrows: ${listed(this.arrows)}`,
      `Never: ${this.never().join(", ") || "nothing"}`,
    ];
  }
}

const zeros = (names: readonly string[]) => new Map<string, number>(names.map((name) => [name, 0]));

function addAll(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [name, count] of more) if (sum.has(name)) sum.set(name, (sum.get(name) ?? 0) + count);
}

const listed = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(" · ");

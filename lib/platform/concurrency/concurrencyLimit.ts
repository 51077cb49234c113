/**
 * How many calls may be under way at once to somebody who doesn't publish that. It is found by trying: one more with each
 * answer until a call is refused or answers become slower, then fewer, and from there on by single probes. That is additive
 * increase and multiplicative decrease, as Chiu and Jain described it for networks ("Analysis of the Increase and Decrease
 * Algorithms for Congestion Avoidance", 1989); Vector's adaptive request concurrency and Netflix's concurrency-limits do
 * the same for services. It is kept in memory, so a process that starts anew begins with the start value.
 */
import { AnswerTimes } from "./answerTimes.ts";

/** A provider's pace and its day are other limits. This one only keeps a mistake from opening sockets without end. */
const MOST = 64;
/** The first probe comes after so many answers for each call that may be under way, and after a bad one twice as many. */
const PROBE_AFTER = { first: 2, least: 1, most: 16 };
/** So many good probes in a row mean that what was in the way has gone. */
const GOOD_PROBES = 3;

/** `refused`: for coming too fast. `failed`: in a way that says nothing about how many there may be. */
export type Outcome = "answered" | "refused" | "failed";

export interface Call {
  kind: string;
  begunAt: number;
  /** How many were under way with it. */
  underWay: number;
  /** Whether it is the one more that a probe is. */
  isProbe: boolean;
  /** How often the limit had been lowered. What was begun before that says nothing about the lower limit. */
  cuts: number;
}

export class ConcurrencyLimit {
  readonly #start: number;
  #most: number;
  #underWay = 0;
  #cuts = 0;
  /** Calls of one kind that were refused in a row, and how many there might be before. Their next answer ends it. */
  #refusals: { kind: string; before: number; wasAlone: boolean } | null = null;
  /** So many answers have to come before refusals are put down to something else than the number once more. */
  #answersUntilTrust = 0;
  /** Until something was refused or became slower. */
  #isUnbounded = true;
  #isProbing = false;
  #goodProbes = 0;
  #answersPerCall = PROBE_AFTER.first;
  #answersUntilProbe = 0;
  /** When as many as there may be were last under way. */
  #reachedAt = Number.NEGATIVE_INFINITY;
  /** The most that were under way with a call that was answered. */
  #proven = 0;
  readonly #times = new Map<string, AnswerTimes>();

  /** @param start how many it begins with; slower answers alone don't make it fewer */
  constructor(start: number) {
    this.#start = start;
    this.#most = start;
  }

  /** How many calls may be under way now. */
  get now(): number {
    return this.#most + (this.#isProbing ? 1 : 0);
  }

  /** @param at milliseconds of any clock; `end` goes by the same */
  begin(kind: string, at: number): Call {
    this.#underWay += 1;
    const isProbe = this.#isProbing && this.#underWay > this.#most;
    if (this.#underWay >= this.#most) this.#reachedAt = at;
    return { kind, begunAt: at, underWay: this.#underWay, isProbe, cuts: this.#cuts };
  }

  /**
   * Every call that began ends here, once, after each of its attempts.
   * @returns whether it was refused with others under way, and as many as were ever taken at once or more
   */
  end(call: Call, outcome: Outcome, at: number): boolean {
    this.#underWay -= 1;
    if (outcome === "answered") this.#proven = Math.max(this.#proven, call.underWay);
    if (call.cuts === this.#cuts) {
      if (outcome === "refused") this.#refused(call);
      else if (outcome === "answered") this.#answered(call, at);
      else if (call.isProbe) this.#isProbing = false;
    }
    return outcome === "refused" && call.underWay > 1 && call.underWay >= this.#proven;
  }

  #refused(call: Call): void {
    this.#refusals ??= { kind: call.kind, before: this.#most, wasAlone: false };
    this.#refusals.wasAlone ||= this.#most === 1 && call.underWay === 1 && !this.#isProbing;
    if (call.isProbe) this.#probeFailed();
    // So many were too many, and one fewer are taken; but the cause may be another, so no more than half of them go.
    else this.#lower(Math.max(call.underWay - 1, Math.ceil(this.#most / 2)));
  }

  #answered(call: Call, at: number): void {
    this.#answersUntilTrust -= 1;
    if (this.#refusals?.kind === call.kind) this.#refusalsEnded(this.#refusals);
    const times = this.#timesOf(call.kind);
    const isQuick = times.isQuick(at - call.begunAt);
    const speed = times.add(at - call.begunAt, at);
    if (speed !== null && this.#most > this.#start) {
      // Little's law: as many as would be under way if each were answered as quickly as before do the same work.
      this.#lower(Math.max(Math.round(this.#most * speed), this.#start));
      return;
    }
    if (call.isProbe) this.#probeSucceeded();
    // Growing is only for those who needed as many as there might be.
    else if (this.#reachedAt >= call.begunAt) this.#grow(isQuick);
  }

  /** A call that was refused alone wasn't one too many, so it wasn't the number that was refused. */
  #refusalsEnded({ before, wasAlone }: { before: number; wasAlone: boolean }): void {
    this.#refusals = null;
    if (!wasAlone || this.#answersUntilTrust > 0 || before <= this.#most) return;
    this.#most = before;
    // Where it was the number after all, it stays low from now on.
    this.#answersUntilTrust = PROBE_AFTER.most * before;
    this.#probeLater(this.#answersPerCall);
  }

  #timesOf(kind: string): AnswerTimes {
    const times = this.#times.get(kind) ?? new AnswerTimes();
    this.#times.set(kind, times);
    return times;
  }

  #grow(isQuick: boolean): void {
    if (this.#isUnbounded) {
      if (isQuick) this.#most = Math.min(this.#most + 1, MOST);
      return;
    }
    if (this.#isProbing || this.#most >= MOST) return;
    this.#answersUntilProbe -= 1;
    this.#isProbing = this.#answersUntilProbe <= 0;
  }

  #lower(to: number): void {
    this.#most = Math.max(1, Math.min(this.#most - 1, to));
    this.#cuts += 1;
    this.#isUnbounded = false;
    this.#isProbing = false;
    this.#goodProbes = 0;
    this.#probeLater(this.#answersPerCall);
  }

  #probeFailed(): void {
    this.#cuts += 1;
    this.#isProbing = false;
    this.#goodProbes = 0;
    this.#probeLater(this.#answersPerCall * 2);
  }

  #probeSucceeded(): void {
    this.#isProbing = false;
    this.#most += 1;
    this.#goodProbes += 1;
    this.#isUnbounded = this.#goodProbes >= GOOD_PROBES;
    this.#probeLater(this.#answersPerCall / 2);
  }

  #probeLater(answersPerCall: number): void {
    const { least, most } = PROBE_AFTER;
    this.#answersPerCall = Math.min(Math.max(answersPerCall, least), most);
    this.#answersUntilProbe = Math.ceil(this.#answersPerCall * this.#most);
  }
}

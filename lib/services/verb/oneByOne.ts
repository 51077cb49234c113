/**
 * Work on many things of which none has to do with the others. One's fault is its own: it is logged and put off, and the
 * others have their turn. Otherwise the first that always fails would be the last that is ever tried.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { Context } from "./context.ts";

const FIRST_PAUSE_SECONDS = 30;
const LONGEST_PAUSE_SECONDS = 900;

interface Pause {
  failures: number;
  until: Date;
}

/** In this process alone: elsewhere a thing is tried once more, which does no harm. Forgotten with its database. */
const pausesOf = new WeakMap<Context["db"], Map<string, Pause>>();

export interface Round<T> {
  /** For the log, and to tell the pauses of one loop from those of another. */
  what: string;
  nameOf: (item: T) => string;
  /** Nothing is begun after this. What is left is for the next round. */
  seconds: number;
}

export async function oneByOne<T>(
  ctx: Pick<Context, "db" | "clock" | "log">,
  items: readonly T[],
  { what, nameOf, seconds }: Round<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const pauses = pausesOf.get(ctx.db) ?? new Map<string, Pause>();
  pausesOf.set(ctx.db, pauses);
  const end = addSeconds(ctx.clock(), seconds);
  for (const item of items) {
    const now = ctx.clock();
    if (now >= end) return;
    const name = `${what} ${nameOf(item)}`;
    const pause = pauses.get(name);
    if (pause && pause.until > now) continue;
    try {
      await work(item);
      pauses.delete(name);
    } catch (error) {
      const failures = (pause?.failures ?? 0) + 1;
      const until = addSeconds(ctx.clock(), pauseSeconds(failures));
      pauses.set(name, { failures, until });
      report(ctx, { what, item: nameOf(item), until }, error);
    }
  }
}

const pauseSeconds = (failures: number): number =>
  Math.min(FIRST_PAUSE_SECONDS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_SECONDS);

function report({ log }: Pick<Context, "log">, at: object, error: unknown): void {
  const words = "One of many could not be done; it is put off, and the others go on";
  if (!(error instanceof ProviderError)) log.error({ ...at, err: error }, words);
  else log.warn({ ...at, code: error.code, detail: error.message }, words);
}

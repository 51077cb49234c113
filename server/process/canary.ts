/** What a process does where its settings aren't those of the others on its database. */
import { setTimeout as delay } from "node:timers/promises";
import { ConfigError } from "#lib/platform/configError.ts";
import { settingsApart, tellSettings } from "#lib/services/keys/canary.ts";
import type { Context } from "#lib/services/verb/context.ts";

/**
 * A web process says what differs, and from then on the others are compared with it. An embedded database has one process.
 * @throws ConfigError where its keys open nothing
 */
export async function setTheTone(ctx: Context): Promise<void> {
  if (!ctx.config.databaseUrl) return;
  const apart = await settingsApart(ctx);
  if (apart) ctx.log.warn(apart, "The web process that started before this one has other settings");
  await tellSettings(ctx);
}

const AGAIN_MS = 5_000;

/**
 * A worker waits until its settings are those of the web process which started last: with other credentials it would take
 * living connections for dead ones, and with another address it would mail links that lead nowhere.
 * @param signal ends the waiting
 * @returns whether they are the same
 * @throws ConfigError where its keys open nothing
 */
export async function untilTheSame(ctx: Context, signal: AbortSignal): Promise<boolean> {
  let said = "";
  while (!signal.aborted) {
    const apart = await settingsApart(ctx).catch((error: unknown) => {
      if (said === "" || error instanceof ConfigError) throw error;
      // It waits already, and has nothing that the database's absence could cost.
      ctx.log.warn({ err: error }, "This worker waits, and can't reach the database just now");
      return undefined;
    });
    if (apart === null) {
      if (said) ctx.log.info("This worker's settings are the web process's now: it takes work");
      return true;
    }
    const names = apart?.names.join(", ") ?? said;
    if (names !== said) {
      ctx.log.warn(apart, `This worker takes no work: its ${names} differs from the web process's`);
    }
    said = names;
    await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

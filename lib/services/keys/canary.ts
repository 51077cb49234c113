/**
 * Processes on one database must agree on some settings. The web process that starts last writes down what it has, and each
 * process compares itself with that.
 */
import { z } from "zod";
import type { Config } from "#lib/platform/config.ts";
import { ConfigError } from "#lib/platform/configError.ts";
import { decrypt, encrypt, keyIdOf, sha256 } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import {
  resealCanary,
  storeCanary,
  storedCanary,
} from "#lib/records/installation/queries/canary.ts";
import type { Context } from "#lib/services/verb/context.ts";

type House = Pick<Context, "db" | "config" | "clock">;

const PLACE = "canary";

const settingsSchema = z.record(z.string(), z.string());
type Settings = z.infer<typeof settingsSchema>;

/** Hashed, though they are sealed as well: nobody needs to read a secret here. */
function settingsOf(config: Config): Settings {
  const { google, zoom } = config;
  const all = {
    APP_URL: config.appUrl,
    AUTH_SECRET: config.authSecret,
    GOOGLE_CLIENT_ID: google.credentials?.clientId,
    GOOGLE_CLIENT_SECRET: google.credentials?.clientSecret,
    ZOOM_CLIENT_ID: zoom.credentials?.clientId,
    ZOOM_CLIENT_SECRET: zoom.credentials?.clientSecret,
    ZOOM_PLAN: zoom.plan,
    UNDO_WINDOW_MINUTES: config.undoWindowMinutes,
    JOIN_OPENS_MINUTES_BEFORE: config.joinOpensMinutesBefore,
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      value === undefined ? "" : sha256(`${value}`),
    ]),
  );
}

export interface Apart {
  /** The settings that differ, by their names. */
  names: string[];
  /** When the process started that has the others. */
  since: Date;
}

/**
 * @returns null where all is the same, or nothing is known yet
 * @throws ConfigError where none of our keys opens what the others seal
 */
export async function settingsApart(house: House): Promise<Apart | null> {
  const stored = await asService(house.db, storedCanary);
  if (!stored) return null;
  const theirs = opened(house, stored.sealed);
  // A process of another version may compare others.
  const names = Object.entries(settingsOf(house.config)).flatMap(([name, ours]) =>
    (theirs[name] ?? ours) === ours ? [] : name,
  );
  return names.length > 0 ? { names, since: stored.written_at } : null;
}

/** From now on the others are compared with us. */
export async function tellSettings({ db, config, clock }: House): Promise<void> {
  const sealed = encrypt(config.tokenKeys, JSON.stringify(settingsOf(config)), PLACE);
  await asService(db, (trx) => storeCanary(trx, sealed, clock()));
}

/** Seals it with the first of our keys. Idempotent. */
export async function resealSettings(house: Pick<Context, "db" | "config">): Promise<void> {
  const { db, config } = house;
  await asService(db, async (trx) => {
    const seen = (await storedCanary(trx))?.sealed;
    if (seen === undefined || keyIdOf(seen) === config.tokenKeys[0]?.id) return;
    const sealed = encrypt(config.tokenKeys, JSON.stringify(opened(house, seen)), PLACE);
    await resealCanary(trx, { seen, sealed });
  });
}

function opened({ config }: Pick<House, "config">, sealed: string): Settings {
  let text: string;
  try {
    text = decrypt(config.tokenKeys, sealed, PLACE);
  } catch (cause) {
    throw new ConfigError(
      'TOKEN_ENCRYPTION_KEYS: none of these keys opens what this installation has sealed. Set those of its other processes. If they are lost, all tutors have to connect again: run `npm run segue -- sql "delete from private.canary"`, then start.',
      { cause },
    );
  }
  return settingsSchema.parse(JSON.parse(text));
}

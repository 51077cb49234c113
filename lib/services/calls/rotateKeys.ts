/**
 * Reseals every token of a grant, every passcode and the installation's own keys with the first key, so that the
 * other keys can be removed. Tokens of visits to a consent page are left alone, because such a visit is over within
 * minutes.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import { replaceEnvelope, sealedTokens } from "#lib/records/grants/queries/envelopes.ts";
import { replacePasscode, sealedPasscodes } from "#lib/records/meetings/queries/passcodes.ts";
import { resealSettings } from "#lib/services/keys/canary.ts";
import { resealInstallationKeys } from "#lib/services/keys/installationKey.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { reseal } from "./grantTokens.ts";
import { resealPasscode } from "./passcodes.ts";

export interface Rotation {
  resealed: number;
  /** What none of our keys opens. It is left as it is. */
  unreadable: number;
}

/**
 * Runs safely beside other work and refreshes: each token has a transaction of its own and is replaced only
 * while it is still the one that was read. Idempotent; returns when one pass finds nothing left to do.
 */
export async function rotateKeys(ctx: Pick<Context, "db" | "config">): Promise<Rotation> {
  await resealSettings(ctx);
  const ofInstallation = await resealInstallationKeys(ctx);
  let { resealed } = ofInstallation;
  let { unreadable } = ofInstallation;
  for (let changed = -1; changed !== 0; resealed += changed) {
    changed = 0;
    ({ unreadable } = ofInstallation);
    for (const one of await everySealed(ctx)) {
      const outcome = await rotate(ctx, one);
      if (outcome === "resealed") changed += 1;
      if (outcome === "unreadable") unreadable += 1;
    }
  }
  return { resealed, unreadable };
}

interface Sealed {
  /** @returns null where the first key has sealed it already. @throws when none of our keys opens it */
  reseal: () => string | null;
  /** @returns false where it has been replaced since it was read */
  replace: (trx: Trx, envelope: string) => Promise<boolean>;
}

async function everySealed(ctx: Pick<Context, "db" | "config">): Promise<Sealed[]> {
  const tokens = await asService(ctx.db, sealedTokens);
  const passcodes = await asService(ctx.db, sealedPasscodes);
  return [
    ...tokens.map((token) => ({
      reseal: () => reseal(ctx, token),
      replace: (trx: Trx, envelope: string) =>
        replaceEnvelope(trx, token, { seen: token.sealed, envelope }),
    })),
    ...passcodes.map((row) => ({
      reseal: () => resealPasscode(ctx, row),
      replace: (trx: Trx, envelope: string) => replacePasscode(trx, row, envelope),
    })),
  ];
}

async function rotate(
  ctx: Pick<Context, "db">,
  { reseal, replace }: Sealed,
): Promise<"resealed" | "unreadable" | "left"> {
  let envelope: string | null;
  try {
    envelope = reseal();
  } catch {
    return "unreadable";
  }
  if (envelope === null) return "left";
  const fresh = envelope;
  return (await asService(ctx.db, (trx) => replace(trx, fresh))) ? "resealed" : "left";
}

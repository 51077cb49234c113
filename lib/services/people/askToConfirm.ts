/** Asks by mail whether an address is a person's own. Nothing is decided by opening that mail or its link. */
import { addDays } from "#lib/platform/clock.ts";
import { randomToken, sha256 } from "#lib/platform/crypto.ts";
import { asService, type Trx, transaction } from "#lib/platform/db.ts";
import {
  insertConfirmation,
  waitingConfirmation,
} from "#lib/records/people/queries/confirmations.ts";
import { holderOf } from "#lib/records/people/queries/identity.ts";
import { isInTheWay, lockPerson } from "#lib/records/people/queries/whole.ts";
import { personById } from "#lib/records/people/queries.ts";
import { admitMail } from "#lib/services/asking/admitMail.ts";
import { mailAddressWanted, mailConfirmation } from "#lib/services/telling/accountMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

/** As long as an account waits for it. */
export const CONFIRM_WITHIN_DAYS = 7;
const ASK_AGAIN_AFTER_HOURS = 24;

interface Asked {
  id: string;
  language: string;
}

/** Writes the mail in this transaction. Earlier mails to the same address stay valid. */
async function askToConfirm(
  ctx: Context,
  trx: Trx,
  person: Asked,
  email: string,
  isChange: boolean,
): Promise<void> {
  const url = `${ctx.config.appUrl}/confirm-address?token=${await newToken(ctx, trx, person, email)}`;
  const { id: personId, language } = person;
  const expiresAt = addDays(ctx.clock(), CONFIRM_WITHIN_DAYS);
  await mailConfirmation(ctx, trx, { personId, expiresAt, email, language, url, isChange });
}

/**
 * Asks the mailbox of another address. Where somebody has an account with it, its owner is told that it was
 * wanted, and to the asker all looks the same: who has an account is nobody's concern.
 * @throws Refusal `too_many`
 */
export async function askNewAddress(
  ctx: Context,
  trx: Trx,
  person: Asked,
  email: string,
  kind: "change" | "again",
): Promise<void> {
  const holder = await holderOf(trx, email);
  const isFree = !holder || (await isInTheWay(trx, holder));
  // Counted once its holder is locked (`lockPerson`).
  const refused = await admitMail(ctx, trx, email, kind, person.id);
  if (refused) throw refused;
  if (isFree) return askToConfirm(ctx, trx, person, email, true);
  await newToken(ctx, trx, person, email);
  await mailAddressWanted(ctx, trx, holder.id);
}

/** @returns what the link in the mail holds; only its hash is kept */
async function newToken(ctx: Context, trx: Trx, person: Asked, email: string): Promise<string> {
  const token = randomToken();
  const now = ctx.clock();
  await insertConfirmation(trx, {
    id: ctx.newId(),
    person_id: person.id,
    email,
    token_hash: sha256(token),
    created_at: now,
    expires_at: addDays(now, CONFIRM_WITHIN_DAYS),
  });
  return token;
}

/** "Send again". Does nothing once the address is confirmed and no other one is waiting. */
export const askAgain = (ctx: Context, person: Person): Promise<void> =>
  transaction(ctx.db, async (trx) => {
    await lockPerson(trx, person.id);
    const change = await waitingConfirmation(trx, person.id, ctx.clock(), person.email);
    if (person.isConfirmed && !change) return;
    if (change) return askNewAddress(ctx, trx, person, change.email, "again");
    const refused = await admitMail(ctx, trx, person.email, "again");
    if (refused) throw refused;
    await askToConfirm(ctx, trx, person, person.email, false);
  });

/** Another address that was asked and hasn't answered yet. */
export const waitingAddress = (ctx: Context, person: Person): Promise<string | null> =>
  asService(ctx.db, async (trx) => {
    const change = await waitingConfirmation(trx, person.id, ctx.clock(), person.email);
    return change?.email ?? null;
  });

/**
 * After signing up or in: asks those who haven't been asked lately.
 * @param isAdmitted whether the mail is counted already
 */
export const askUnconfirmed = (ctx: Context, personId: string, isAdmitted = false): Promise<void> =>
  asService(ctx.db, async (trx) => {
    await lockPerson(trx, personId);
    const person = await personById(trx, personId);
    if (!person || person.confirmed_at) return;
    const now = ctx.clock();
    const waiting = await waitingConfirmation(trx, personId, now);
    const hours = waiting ? (now.getTime() - waiting.created_at.getTime()) / 3_600_000 : Infinity;
    if (hours < ASK_AGAIN_AFTER_HOURS) return;
    // Signing up and in go on without it; the page offers to send it later.
    if (!isAdmitted && (await admitMail(ctx, trx, person.email, "confirmation"))) return;
    await askToConfirm(ctx, trx, person, person.email, false);
  });

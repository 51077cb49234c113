/** Asks by mail whether an address is a person's own. Nothing is decided by opening that mail or its link. */
import { addDays } from "#lib/platform/clock.ts";
import { randomToken, sha256 } from "#lib/platform/crypto.ts";
import { asService, type Trx } from "#lib/platform/db.ts";
import {
  insertConfirmation,
  waitingConfirmation,
} from "#lib/records/people/queries/confirmations.ts";
import { personById } from "#lib/records/people/queries.ts";
import { admitMail } from "#lib/services/asking/admitMail.ts";
import { mailConfirmation } from "#lib/services/telling/accountMails.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

/** As long as an account waits for it. */
export const CONFIRM_WITHIN_DAYS = 7;
const ASK_AGAIN_AFTER_HOURS = 24;

/** Writes the mail in this transaction. Earlier mails to the same address stay valid. */
export async function askToConfirm(
  ctx: Context,
  trx: Trx,
  person: { id: string; language: string },
  email: string,
  isChange: boolean,
): Promise<void> {
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
  const url = `${ctx.config.appUrl}/confirm-address?token=${token}`;
  await mailConfirmation(ctx, trx, { email, language: person.language, url, isChange });
}

/** "Send again". Does nothing once the address is confirmed and no other one is waiting. */
export const askAgain = (ctx: Context, person: Person): Promise<void> =>
  asService(ctx.db, async (trx) => {
    const waiting = await waitingConfirmation(trx, person.id, ctx.clock());
    const isChange = waiting !== undefined && waiting.email !== person.email;
    if (person.isConfirmed && !isChange) return;
    const email = isChange ? waiting.email : person.email;
    const refused = await admitMail(ctx, trx, email, "again");
    if (refused) throw refused;
    await askToConfirm(ctx, trx, person, email, isChange);
  });

/** Another address that was asked and hasn't answered yet. */
export const waitingAddress = (ctx: Context, person: Person): Promise<string | null> =>
  asService(ctx.db, async (trx) => {
    const waiting = await waitingConfirmation(trx, person.id, ctx.clock());
    return waiting && waiting.email !== person.email ? waiting.email : null;
  });

/** After signing up or in: asks those who haven't been asked lately. */
export const askUnconfirmed = (ctx: Context, personId: string): Promise<void> =>
  asService(ctx.db, async (trx) => {
    const person = await personById(trx, personId);
    if (!person || person.confirmed_at) return;
    const now = ctx.clock();
    const waiting = await waitingConfirmation(trx, personId, now);
    const hours = waiting ? (now.getTime() - waiting.created_at.getTime()) / 3_600_000 : Infinity;
    if (hours < ASK_AGAIN_AFTER_HOURS) return;
    // Signing up and in go on without it; the page offers to send it later.
    if (await admitMail(ctx, trx, person.email, "confirmation")) return;
    await askToConfirm(ctx, trx, person, person.email, false);
  });

/**
 * What an answer from the mailbox does. The mail may have been opened by a filter, or may have reached a
 * stranger, so its link alone decides nothing: somebody must also be signed in, know the password, or set one.
 */
import { z } from "zod";
import { hashPassword, sha256 } from "#lib/platform/crypto.ts";
import { asService, type Trx, transaction } from "#lib/platform/db.ts";
import {
  confirmationOf,
  dropConfirmation,
  dropOtherConfirmations,
  takeConfirmation,
} from "#lib/records/people/queries/confirmations.ts";
import { lockedPasswordOf } from "#lib/records/people/queries/credentials.ts";
import {
  dropResets,
  endSignIns,
  holderOf,
  lockAddress,
  setIdentityAddress,
  setPassword,
} from "#lib/records/people/queries/identity.ts";
import { deletePerson, isInTheWay, mayVanish } from "#lib/records/people/queries/whole.ts";
import { setAddress } from "#lib/records/people/queries.ts";
import { addressProved } from "#lib/services/students/claimLessons.ts";
import { mailAddressChanged, mailPasswordChanged } from "#lib/services/telling/accountMails.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { newPassword, password } from "./accountInput.ts";
import { endCredentials } from "./endCredentials.ts";
import { isGuessable } from "./passwordRule.ts";
import { provePassword, type StillProved } from "./provePassword.ts";
import { forgetResets } from "./resetByMail.ts";

const token = z.string().max(256, "tooLong");
export const confirmInput = z.object({
  token,
  password: password.optional().describe("Of the account, where nobody is signed in to it."),
  newPassword: newPassword
    .optional()
    .describe("Instead of the password; ends every other sign-in. Not for a changed address."),
});
/** Both choices are named, so that whatever presses the button without choosing changes nothing. */
export const disownInput = z.object({ token, answer: z.enum(["delete", "keep"]) });

export interface OpenConfirmation {
  email: string;
  state: "waiting" | "done";
  /** Whether it is to take the place of another address. */
  isChange: boolean;
  /** Whether it is about this visitor's own account. */
  isOwn: boolean;
}

/** What the page behind a mail's link shows; null for a link that is wrong or too old. */
export async function lookAtConfirmation(
  ctx: Context,
  visitorId: string | null,
  asked: string,
): Promise<OpenConfirmation | null> {
  const row = await find(ctx, asked);
  if (!row) return null;
  return {
    email: row.email,
    state: row.used_at ? "done" : "waiting",
    isChange: row.email !== row.present_email,
    isOwn: row.person_id === visitorId,
  };
}

const find = (ctx: Context, asked: string) =>
  asService(ctx.db, (trx) => confirmationOf(trx, sha256(asked), ctx.clock()));

type Confirmation = NonNullable<Awaited<ReturnType<typeof find>>>;

async function open(ctx: Context, asked: string): Promise<Confirmation> {
  const row = await find(ctx, asked);
  if (!row) throw notFound("confirmation");
  return row;
}

/**
 * Idempotent: a second press finds it done.
 * @throws Refusal `not_found` for a link that is wrong or too old, `not_allowed` if the visitor has shown
 *   nothing but the link, `invalid_input` with the field at fault, `wrong_state` if the address is taken
 */
export async function confirmAddress(
  ctx: Context,
  visitorId: string | null,
  body: unknown,
): Promise<{ email: string }> {
  const input = parseInput(confirmInput, body);
  const row = await open(ctx, input.token);
  if (row.used_at) return { email: row.email };
  const isOwn = row.person_id === visitorId;
  const { run, hash } = isOwn ? unproved(ctx, row) : await proved(ctx, row, input);
  await run(async (trx) => {
    const now = ctx.clock();
    if (!(await takeConfirmation(trx, row.id, now))) {
      // Pressed twice, or the account went meanwhile.
      if (!(await confirmationOf(trx, sha256(input.token), now))) throw notFound("confirmation");
      return;
    }
    const isNewAddress = row.email !== row.present_email;
    if (isNewAddress) await replaceAddress(ctx, trx, row);
    await addressProved(ctx, trx, { personId: row.person_id, email: row.email, isNewAddress });
    // Links to other addresses, the former one's too, were for another choice than this.
    await dropOtherConfirmations(trx, row.person_id, row.email);
    if (isOwn) return;
    // Whoever signed in before may have been somebody else. The password comes first, since a sign-in that is
    // on its way waits for it or is ended.
    if (hash) {
      await setPassword(trx, row.person_id, hash, now);
      await forgetResets(ctx, trx, row.person_id);
      await mailPasswordChanged(ctx, trx, row.person_id);
    }
    await endSignIns(trx, row.person_id, null);
    await endCredentials(ctx, trx, row.person_id, { isFirstProof: row.confirmed_at === null });
  });
  return { email: row.email };
}

interface Way {
  run: StillProved;
  /** Of the new password, if one is to be set. */
  hash: string | null;
}

/** Where no password has been shown, none has to be the same as before; the locks are. */
const unproved = (ctx: Context, row: Confirmation, hash: string | null = null): Way => ({
  hash,
  run: (work) =>
    transaction(ctx.db, async (trx) => {
      await lockedPasswordOf(trx, row.person_id);
      return work(trx);
    }),
});

async function proved(
  ctx: Context,
  row: Confirmation,
  input: z.infer<typeof confirmInput>,
): Promise<Way> {
  // A changed address may be mistyped, and then its mail reaches a stranger.
  if (input.newPassword !== undefined && row.email === row.present_email) {
    if (isGuessable(input.newPassword, [row.email, row.name])) {
      throw new Refusal("invalid_input", "input.guessable", { field: "newPassword" });
    }
    return unproved(ctx, row, await hashPassword(input.newPassword));
  }
  if (input.password === undefined) throw new Refusal("not_allowed", "confirmationNeedsYou");
  return { hash: null, run: await provePassword(ctx, row.person_id, input.password) };
}

async function replaceAddress(ctx: Context, trx: Trx, row: Confirmation): Promise<void> {
  await lockAddress(trx, row.email);
  const holder = await holderOf(trx, row.email);
  if (holder) {
    if (!(await isInTheWay(trx, holder))) throw new Refusal("wrong_state", "addressTaken");
    await deletePerson(trx, holder.id);
  }
  if (row.confirmed_at) await mailAddressChanged(ctx, trx, row.person_id, row.email);
  await setAddress(trx, row.person_id, row.email);
  await setIdentityAddress(trx, row.person_id, row.email, ctx.clock());
  // Links that set a password went to the mailbox that this account had until now.
  await dropResets(trx, row.person_id);
}

/**
 * "This wasn't me": takes back a change of the address, or deletes an account on which nothing hangs.
 * @throws Refusal `wrong_state` where lessons or a connection hang on the account
 */
export async function disownAccount(ctx: Context, body: unknown): Promise<void> {
  const { token: asked, answer } = parseInput(disownInput, body);
  if (answer === "keep") return;
  const row = await open(ctx, asked);
  await transaction(ctx.db, async (trx) => {
    if (row.email !== row.present_email) return void (await dropConfirmation(trx, row.id));
    if (row.confirmed_at) throw new Refusal("wrong_state", "confirmedAlready");
    const isFree = await mayVanish(trx, row.person_id, { unconfirmed: true });
    if (!isFree) throw new Refusal("wrong_state", "accountIsUsed");
    await deletePerson(trx, row.person_id);
  });
}

/** What people change about their own sign-in. Each asks for the password again: a screen may be left open. */
import { z } from "zod";
import { hashPassword } from "#lib/platform/crypto.ts";
import { asService } from "#lib/platform/db.ts";
import { dropOtherConfirmations } from "#lib/records/people/queries/confirmations.ts";
import { endSignIns, setPassword } from "#lib/records/people/queries/identity.ts";
import { deletePerson, mayVanish } from "#lib/records/people/queries/whole.ts";
import { mailAddressChanging, mailPasswordChanged } from "#lib/services/telling/accountMails.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { emailAddress, parseInput } from "#lib/services/verb/input.ts";
import { newPassword, password } from "./accountInput.ts";
import { askNewAddress } from "./askToConfirm.ts";
import { isGuessable } from "./passwordRule.ts";
import { provePassword } from "./provePassword.ts";
import { forgetResets } from "./resetByMail.ts";

export const changeAddressInput = z.object({ email: emailAddress, password });
export const changePasswordInput = z.object({ password, newPassword });
export const deleteAccountInput = z.object({ password });

/**
 * Asks the new mailbox. Until it answers, the present address holds and is told, and the new one is valid for
 * nothing. Whoever gives the present address takes back a change that waits.
 */
export async function changeAddress(ctx: Context, person: Person, body: unknown): Promise<void> {
  const input = parseInput(changeAddressInput, body);
  if (input.email === person.email) {
    if (await keepAddress(ctx, person)) return;
    throw new Refusal("invalid_input", "ownAddress", { field: "email" });
  }
  const whileProved = await provePassword(ctx, person.id, input.password);
  await whileProved(async (trx) => {
    // A mail to the present address that hasn't been answered stays good: the new one may be mistyped.
    await dropOtherConfirmations(trx, person.id, person.email, input.email);
    await askNewAddress(ctx, trx, person, input.email, "change");
    if (person.isConfirmed) await mailAddressChanging(ctx, trx, person.id, input.email);
  });
}

/** Takes back a change that waits for its mailbox. Idempotent. @returns whether there was one */
export const keepAddress = (ctx: Context, person: Person): Promise<boolean> =>
  asService(
    ctx.db,
    async (trx) => (await dropOtherConfirmations(trx, person.id, person.email)) > 0,
  );

/** @param browserSessionId the sign-in in hand, which goes on; every other one ends */
export async function changePassword(
  ctx: Context,
  person: Person,
  browserSessionId: string,
  body: unknown,
): Promise<void> {
  const input = parseInput(changePasswordInput, body);
  const whileProved = await provePassword(ctx, person.id, input.password);
  // As hashing takes them: in another Unicode form it is the same password.
  if (input.newPassword.normalize("NFKC") === input.password.normalize("NFKC")) {
    throw new Refusal("invalid_input", "input.samePassword", { field: "newPassword" });
  }
  if (isGuessable(input.newPassword, [person.email, person.name])) {
    throw new Refusal("invalid_input", "input.guessable", { field: "newPassword" });
  }
  const hash = await hashPassword(input.newPassword);
  await whileProved(async (trx) => {
    await admit(ctx, trx, "newPassword", person.id);
    await forgetResets(ctx, trx, person.id);
    // In this order: a sign-in that is on its way waits for the password or is ended (`stillValid.ts`).
    await setPassword(trx, person.id, hash, ctx.clock());
    await endSignIns(trx, person.id, browserSessionId);
    if (person.isConfirmed) await mailPasswordChanged(ctx, trx, person.id);
  });
}

/** @throws Refusal `wrong_state` where lessons, bookings or a connection hang on the account */
export async function deleteAccount(ctx: Context, person: Person, body: unknown): Promise<void> {
  const input = parseInput(deleteAccountInput, body);
  const whileProved = await provePassword(ctx, person.id, input.password);
  await whileProved(async (trx) => {
    if (!(await mayVanish(trx, person.id))) throw new Refusal("wrong_state", "accountIsUsed");
    await deletePerson(trx, person.id);
  });
}

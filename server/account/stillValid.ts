/**
 * The library reads the kept password, spends a while on comparing, and then begins a sign-in, whatever has
 * happened to the password meanwhile. A sign-in that began like that would outlive a new password.
 */
import { z } from "zod";
import { sha256 } from "#lib/platform/crypto.ts";
import { transaction } from "#lib/platform/db.ts";
import { credentialOf, lockedPasswordOf } from "#lib/records/people/queries/credentials.ts";
import { endSignIn } from "#lib/records/people/queries/identity.ts";
import type { Context } from "#lib/services/verb/context.ts";

const begun = z.object({ token: z.string(), user: z.object({ id: z.uuid() }) });

/**
 * Runs a sign-in. Whoever sets a password locks it first and ends sign-ins afterwards, so one that is looked
 * at here before that is ended there, and one that is looked at later finds another password.
 * @returns the library's answer, or a 401 like its own if the password is another one by now
 */
export async function stillValid(
  ctx: Context,
  email: string,
  signIn: () => Promise<Response>,
): Promise<Response> {
  const before = await transaction(ctx.db, (trx) => credentialOf(trx, email));
  const answer = await signIn();
  const entered = answer.ok ? begun.safeParse(await answer.clone().json()).data : undefined;
  if (!entered) return answer;
  const isStill = await transaction(ctx.db, async (trx) => {
    const now = await lockedPasswordOf(trx, entered.user.id);
    if (now !== null && now === before?.password) return true;
    await endSignIn(trx, sha256(entered.token));
    return false;
  });
  if (isStill) return answer;
  const refused = { message: "Invalid email or password", code: "INVALID_EMAIL_OR_PASSWORD" };
  return Response.json(refused, { status: 401 });
}

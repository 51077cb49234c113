/** The demo's people: each signs up and consents only once, however often that is requested. */
import { asService } from "#lib/platform/db.ts";
import { DEFAULT_LANGUAGE } from "#lib/platform/words.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { makeAdmin } from "#lib/services/people/makeAdmin.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/switching/authorize.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import type { Runtime } from "#server/runtime.ts";
import { DEMO_PASSWORD, type DemoPerson } from "./cast.ts";

export const DEMO_PROVIDER = "zoom";

export async function signUpOnce(
  ctx: Context,
  auth: Runtime["auth"],
  { role, name, email, timeZone }: DemoPerson,
): Promise<Person> {
  const { internalAdapter, password } = await auth.$context;
  const known = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  const signUp = () =>
    auth.api.signUpEmail({
      // Nobody can sign up as an administrator; an existing person is made one.
      body: {
        name,
        email,
        password: DEMO_PASSWORD,
        role: role === "admin" ? "student" : role,
        timeZone,
      },
    });
  const { id } = known?.user ?? (await signUp()).user;
  // Signing up writes the person first and the password second, not in one transaction.
  if (known && known.accounts.length === 0) {
    await internalAdapter.linkAccount({
      userId: id,
      accountId: id,
      providerId: "credential",
      password: await password.hash(DEMO_PASSWORD),
    });
  }
  await confirmByHand(ctx, email);
  if (role === "admin") await makeAdmin(ctx, email);
  const row = await asService(ctx.db, (trx) => personById(trx, id));
  if (!row) throw new Error(`${email} signed up without becoming a person`);
  return {
    id,
    name,
    email,
    role,
    timeZone,
    language: DEFAULT_LANGUAGE,
    clockHours: 24,
    isConfirmed: true,
  };
}

/** The tutor's visit to the consent page, which sends the same form as the page's buttons. */
export async function connectOnce(ctx: Context, person: Person): Promise<void> {
  if (await asService(ctx.db, (trx) => connectionOf(trx, person.id))) return;
  const visit = { personId: person.id, browserSessionId: ctx.newId() };
  const redirectUri = `${ctx.config.appUrl}/api/auth/${DEMO_PROVIDER}/callback`;
  const page = await beginAuthorization(ctx, visit, DEMO_PROVIDER, redirectUri);
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams({ account: person.email, decision: "allow" }),
    redirect: "manual",
  });
  const back = answer.headers.get("location");
  if (!back) throw new Error(`The consent page answered ${answer.status} without sending back`);
  const params = new URL(back).searchParams;
  await completeAuthorization(ctx, visit, { provider: DEMO_PROVIDER, params, redirectUri });
}

/**
 * How often sign-in's endpoints may be asked. Right passwords are never counted. Wrong ones slow down whoever
 * comes next to the same account, but a browser that signed in there before (decision 024).
 */
import { asService } from "#lib/platform/db.ts";
import { UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import {
  type Admission,
  type Counted,
  countedSoFar,
  countUses,
  uncount,
} from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { knownBrowser, makeKnown } from "./knownBrowser.ts";

/** So many wrong passwords are answered at once; each further one doubles the wait, up to the longest. */
const FREE = 5;
const FIRST_MS = 250;
const LONGEST_MS = 8_000;

const slownessAfter = (wrong: number): number =>
  wrong < FREE ? 0 : Math.min(FIRST_MS * 2 ** Math.min(wrong - FREE, 10), LONGEST_MS);

type Attempt = () => Promise<Response>;

/**
 * Lets the attempt happen, or doesn't.
 * @param name the endpoint, as in `accountRoute.ts`
 * @throws Refusal `too_many`
 */
export async function paced(
  ctx: Context,
  name: string,
  request: Request,
  email: string,
  attempt: Attempt,
): Promise<Response> {
  const from = request.headers.get(CLIENT_HEADER) ?? UNKNOWN_ADDRESS;
  switch (name) {
    case "POST /sign-in/email":
      return withKnown(ctx, email, () => signInPaced(ctx, request, { email, from }, attempt));
    case "POST /sign-up/email":
      return withKnown(ctx, email, () =>
        counted(ctx, [{ name: "signUp", whose: from }], attempt, (answer) => answer.ok),
      );
    case "POST /request-password-reset":
      return counted(ctx, [{ name: "resetAsked", whose: from }], attempt, () => true);
    default:
      return attempt();
  }
}

async function signInPaced(
  ctx: Context,
  { headers }: Request,
  { email, from }: { email: string; from: string },
  attempt: Attempt,
): Promise<Response> {
  const isWrong = ({ status }: Response) => status === 401;
  const browser = await knownBrowser(ctx, headers, email);
  if (browser) {
    const own: Counted[] = [{ name: "failedSignInKnown", whose: browser }];
    const admission = await asService(ctx.db, (trx) => countUses(ctx, trx, own));
    if (admission.ids) return settled(ctx, admission.ids, attempt, isWrong);
  }
  const account: Counted = { name: "failedSignIn", whose: email };
  const strangers: Counted[] = [
    account,
    { name: "failedSignInHere", whose: [email, from] },
    { name: "failedSignInFrom", whose: from },
  ];
  // Counted before it is known whether the password is right: of many tries at once, none is overlooked.
  const { admission, before } = await asService(ctx.db, async (trx) => {
    const admission = await countUses(ctx, trx, strangers);
    return { admission, before: (await countedSoFar(ctx, trx, account)) - 1 };
  });
  const ids = orRefused(admission);
  // No connection is held meanwhile. Waiting comes before the answer is known, so leaving early tells nothing.
  await ctx.sleep(slownessAfter(before));
  return settled(ctx, ids, attempt, isWrong);
}

/** Counts the attempt first, and takes that back if it turns out not to count. */
async function counted(
  ctx: Context,
  uses: Counted[],
  attempt: Attempt,
  counts: (answer: Response) => boolean,
): Promise<Response> {
  const admission = await asService(ctx.db, (trx) => countUses(ctx, trx, uses));
  return settled(ctx, orRefused(admission), attempt, counts);
}

async function settled(
  ctx: Context,
  ids: string[],
  attempt: Attempt,
  counts: (answer: Response) => boolean,
): Promise<Response> {
  let isCounted = false;
  try {
    const answer = await attempt();
    isCounted = counts(answer);
    return answer;
  } finally {
    if (!isCounted) await uncount(ctx, ids);
  }
}

function orRefused(admission: Admission): string[] {
  if (admission.refusal) throw admission.refusal;
  return admission.ids;
}

/** Whoever has just shown the password is known in this browser from now on. */
async function withKnown(ctx: Context, email: string, attempt: Attempt): Promise<Response> {
  const answer = await attempt();
  const cookie = answer.ok ? await makeKnown(ctx, email) : null;
  if (!cookie) return answer;
  const headers = new Headers(answer.headers);
  headers.append("set-cookie", cookie);
  return new Response(answer.body, { status: answer.status, headers });
}

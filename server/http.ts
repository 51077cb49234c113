/** The edge that every API route shares: who is asking, whether they may, and how errors leave. */

import { asService } from "#lib/platform/db.ts";
import { personById } from "#lib/records/people/queries.ts";
import type { Context, Person, Role } from "#lib/services/context.ts";
import { Refusal } from "#lib/services/errors.ts";
import { isAway } from "./away.ts";
import { isDatabaseAway, problem } from "./problem.ts";
import { runtime } from "./runtime.ts";

export interface SignedIn {
  person: Person;
  /** The sign-in itself; a consent is bound to it. */
  browserSessionId: string;
}

/** Whoever the cookie or bearer of these headers stands for; null for nobody. */
export async function whoIs(headers: Headers): Promise<SignedIn | null> {
  const { auth, ctx } = runtime();
  const session = await auth.api.getSession({ headers });
  if (!session) return null;
  const row = await asService(ctx.db, (trx) => personById(trx, session.user.id));
  if (!row) return null;
  const { id, name, email, role, time_zone: timeZone } = row;
  return { person: { id, name, email, role, timeZone }, browserSessionId: session.session.id };
}

interface Call extends SignedIn {
  ctx: Context;
  request: Request;
  /** The `[id]` of the route, empty where it has none; the verbs check it. */
  id: string;
}

/** Next gives a route without `[id]` no parameters at all. */
type NextContext = { params: Promise<{ id?: string } | undefined> };

/**
 * A route for signed-in people of these roles (none named: any).
 * A `Refusal` becomes its problem+json; anything unexpected a 500 without its details.
 */
export const route =
  (handle: (call: Call) => Promise<Response>, ...roles: Role[]) =>
  (request: Request, next: NextContext): Promise<Response> =>
    guarded(async (ctx) => {
      const signedIn = await whoIs(request.headers);
      if (!signedIn) throw new Refusal("not_signed_in", "Sign in first.");
      if (roles.length > 0 && !roles.includes(signedIn.person.role)) {
        throw new Refusal("not_allowed", `This is for a ${roles.join(" or ")}.`);
      }
      const params = await next.params;
      return handle({ ...signedIn, ctx, request, id: params?.id ?? "" });
    });

/** Runs a handler without asking who; errors leave as everywhere. */
export async function guarded(handle: (ctx: Context) => Promise<Response>): Promise<Response> {
  const { ctx } = runtime();
  try {
    return await handle(ctx);
  } catch (error) {
    if (error instanceof Refusal) return problem(error);
    // Sign-in answers for an absent database with an error of its own, so it is asked for here.
    if (isDatabaseAway(error) || (await isAway())) {
      return problem(new Refusal("unavailable", "Segue can't reach its database. Try again soon."));
    }
    ctx.log.error({ err: error }, "A request failed unexpectedly");
    return problem(null);
  }
}

/** @throws Refusal where the body isn't JSON */
export async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch (cause) {
    throw Object.assign(new Refusal("invalid_input", "The request's body is not JSON."), { cause });
  }
}

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });

export const noContent = (): Response => new Response(null, { status: 204 });

/** The edge that every API route shares: who is asking, whether they may, and how errors leave. */

import { asService } from "#lib/platform/db.ts";
import { languageOf } from "#lib/platform/words.ts";
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
  const { id, name, email, role, time_zone: timeZone, language } = row;
  const person = { id, name, email, role, timeZone, language };
  return { person, browserSessionId: session.session.id };
}

export interface Call extends SignedIn {
  ctx: Context;
  request: Request;
  /** The `[id]` or `[who]` of the route, empty where it has none; the verbs check it. */
  id: string;
}

/** Next gives a route without either no parameters at all. */
type NextContext = { params: Promise<{ id?: string; who?: string } | undefined> };

/**
 * A route for signed-in people of these roles (none named: any).
 * A `Refusal` becomes its problem+json; anything unexpected a 500 without its details.
 */
export const route =
  (handle: (call: Call) => Promise<Response>, ...roles: Role[]) =>
  (request: Request, next: NextContext): Promise<Response> =>
    guarded(request, async (ctx, reader) => {
      const signedIn = await whoIs(request.headers);
      if (!signedIn) throw new Refusal("not_signed_in", "signInFirst");
      reader.language = signedIn.person.language;
      if (roles.length > 0 && !roles.includes(signedIn.person.role)) {
        throw new Refusal("not_allowed", `onlyFor.${roles[0] ?? "tutor"}`);
      }
      const params = await next.params;
      return handle({ ...signedIn, ctx, request, id: params?.id ?? params?.who ?? "" });
    });

/** Runs a handler without asking who; errors leave as everywhere, in the browser's language or the reader's own. */
export async function guarded(
  request: Request,
  handle: (ctx: Context, reader: { language: string }) => Promise<Response>,
): Promise<Response> {
  const { ctx } = runtime();
  const reader = { language: languageOf(request.headers.get("accept-language")) };
  try {
    return await handle(ctx, reader);
  } catch (error) {
    if (error instanceof Refusal) return problem(error, reader.language);
    // Sign-in answers for an absent database with an error of its own, so it is asked for here.
    if (isDatabaseAway(error) || (await isAway())) {
      return problem(new Refusal("unavailable", "databaseAway"), reader.language);
    }
    ctx.log.error({ err: error }, "A request failed unexpectedly");
    return problem(null, reader.language);
  }
}

/** Nothing that Segue is sent comes near it; who sends more wants to fill our memory. */
const MAX_BODY_BYTES = 256 * 1024;

/** @throws Refusal `too_large`, as soon as it is too much */
export async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Refusal("too_large", "tooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** No body at all is undefined. @throws Refusal where the body isn't JSON */
export async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(new Refusal("invalid_input", "notJson"), { cause });
  }
}

export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });

export const noContent = (): Response => new Response(null, { status: 204 });

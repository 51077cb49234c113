/** What every API route shares: who is asking, whether they may, and how errors are answered. */

import { asService } from "#lib/platform/db.ts";
import type { Page, Paged } from "#lib/platform/paging.ts";
import { codeOf, FOREIGN_KEY_VIOLATION } from "#lib/platform/reason.ts";
import { languageOf } from "#lib/platform/words.ts";
import { personById } from "#lib/records/people/queries.ts";
import type { Context, Person, Role } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { cursorOf, type pageBy, toPage } from "#lib/services/verb/page.ts";
import { isAway } from "./away.ts";
import { MAX_BODY_BYTES } from "./headers.ts";
import { isDatabaseAway, problem } from "./problem.ts";
import { runtime } from "./runtime.ts";

export interface SignedIn {
  person: Person;
  /** The id of the browser session; a consent is bound to it. */
  browserSessionId: string;
}

/** The person that the cookie or bearer in these headers belongs to; null for nobody. */
export async function whoIs(headers: Headers): Promise<SignedIn | null> {
  const { auth, ctx } = runtime();
  const session = await auth.api.getSession({ headers });
  if (!session) return null;
  const row = await asService(ctx.db, (trx) => personById(trx, session.user.id));
  if (!row) return null;
  const { id, name, email, role, time_zone: timeZone, language, clock_hours: clockHours } = row;
  const isConfirmed = row.confirmed_at !== null;
  const person = { id, name, email, role, timeZone, language, clockHours, isConfirmed };
  return { person, browserSessionId: session.session.id };
}

export interface Call extends SignedIn {
  ctx: Context;
  request: Request;
  /** The one part of the address that differs (`[id]`, `[who]`, `[provider]`), or empty. The verbs check it. */
  id: string;
}

/** Next gives a route without parameters undefined. */
type NextContext = {
  params: Promise<{ id?: string; who?: string; provider?: string } | undefined>;
};

/**
 * A route for signed-in people with one of these roles (or with any role, where none is named). A `Refusal`
 * is answered as problem+json, and any unexpected error as a 500 without its details.
 */
export const route =
  (handle: (call: Call) => Promise<Response>, ...roles: Role[]) =>
  (request: Request, next: NextContext): Promise<Response> =>
    guarded(request, async (ctx, reader) => {
      const signedIn = await whoIs(request.headers);
      if (!signedIn) throw notSignedIn();
      reader.language = signedIn.person.language;
      if (roles.length > 0 && !roles.includes(signedIn.person.role)) {
        throw new Refusal("not_allowed", `onlyFor.${roles[0] ?? "tutor"}`);
      }
      const { id, who, provider } = (await next.params) ?? {};
      const call = { ...signedIn, ctx, request, id: id ?? who ?? provider ?? "" };
      return onBehalfOf(ctx, signedIn.person, () => handle(call));
    });

/**
 * Runs what a signed-in person asks for. Their account may be deleted meanwhile, from another window. Then the
 * database takes no row that would hang on them.
 * @throws Refusal `not_signed_in` as for anybody who asks a moment later
 */
export async function onBehalfOf<T>(
  ctx: Context,
  person: Person,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (codeOf(error) !== FOREIGN_KEY_VIOLATION) throw error;
    if (await asService(ctx.db, (trx) => personById(trx, person.id))) throw error;
    throw Object.assign(notSignedIn(), { cause: error });
  }
}

const notSignedIn = () => new Refusal("not_signed_in", "signInFirst");

/**
 * Runs a handler without requiring sign-in. Errors are answered in the browser's language, or in the reader's
 * own once it is known.
 */
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
    // When the database is absent, sign-in throws an error of its own, so the database is checked here.
    if (isDatabaseAway(error) || (await isAway())) {
      return problem(new Refusal("unavailable", "databaseAway"), reader.language);
    }
    ctx.log.error({ err: error }, "A request failed unexpectedly");
    return problem(null, reader.language);
  }
}

/** @throws Refusal `too_large` as soon as the limit is exceeded */
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

/** Returns undefined where there is no body. @throws Refusal where the body isn't JSON */
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

/**
 * Answers a list one page at a time. The next page stands in a `Link` header (RFC 8288), so that the answer keeps
 * the shape that it had before there were pages.
 * @param input what the query may hold
 * @throws Refusal where it holds something else
 */
export async function paged<T>(
  { ctx, request }: Call,
  input: (typeof pageBy)[keyof typeof pageBy],
  list: (page: Page) => Promise<Paged<T>>,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const query = parseInput(input, Object.fromEntries(searchParams));
  const { items, next } = await list(toPage(query));
  const answer = json(items);
  if (next) {
    const params = new URLSearchParams({ limit: `${query.limit}`, cursor: cursorOf(next) });
    answer.headers.set("link", `<${ctx.config.appUrl}${pathname}?${params}>; rel="next"`);
  }
  return answer;
}

/**
 * Requests in advance: a browser or our router asks in case somebody presses a link, or a program looks whether it
 * is alive (Next answers HEAD by the function for GET). Nobody has pressed anything yet, so where a GET writes or
 * uses something up, these do neither.
 */
export function isInAdvance({ method, headers }: Request): boolean {
  const purposes = ["sec-purpose", "purpose", "x-purpose", "x-moz"].map(
    (name) => headers.get(name) ?? "",
  );
  return (
    method !== "GET" ||
    headers.has("next-router-prefetch") ||
    headers.has("next-router-segment-prefetch") ||
    headers.has("rsc") ||
    purposes.some((purpose) => /prefetch|preview/i.test(purpose))
  );
}

/**
 * Their answer. Chromium keeps a success in advance, even a 204 with `no-store`, and gives it to the press that
 * follows, which then leads nowhere.
 * @throws Refusal `too_early` for all but HEAD
 */
export function notYet({ method }: Request): Response {
  if (method === "HEAD") {
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  }
  throw new Refusal("too_early", "inAdvance");
}

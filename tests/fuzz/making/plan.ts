/** Request number N of a seed: the same one each time, but for the ids and keys that this run's app has made. */
import fc from "fast-check";
import type { Operation } from "#server/openapi/operation.ts";
import { operations } from "#server/openapi/operations.ts";
import { kinds, type Player } from "#tests/fuzz/world/players.ts";
import { type Circle, type Target, targets, type World } from "#tests/fuzz/world/world.ts";
import { pagePaths } from "#tests/harness/visitors/pagePaths.ts";
import { keyed, notice } from "./keys.ts";
import type { Sent } from "./send.ts";
import { rightly, type Shown, wrongly } from "./shown.ts";
import { asSent, type Draft, spoil } from "./spoil.ts";
import { chance, type Draw, type Maker, pick, tokenFor, validBody, validQuery } from "./valid.ts";

export interface Plan {
  sent: Sent;
  /** Null where method or path were spoilt, so that the request may be for something else. */
  operation: Operation | null;
  caller: Player;
  as: Shown["as"];
  /** Where the caller consents first, so that the way back is a real one. */
  consentsAt: "google" | "zoom" | null;
}

const page = (path: string): Operation => ({
  method: "GET",
  path,
  may: "anyone",
  summary: "",
  answers: {},
});

const commandLine: Operation = { ...page("/api/cli"), method: "POST" };
const all: readonly Operation[] = [...operations, ...pagePaths().map(page), commandLine];

/** Those that make all lessons' rooms anew, or compute for a password's sake, and pages come less often. */
const heavy =
  /migrate-provider|undo|retry|check$|\/account\/(sign-|change-|delete|confirm|reset-p)|callback/;
/** Without these, nothing would be there to read and to change. */
const wanted = /^POST \/api\/bookings(\/{id}\/accept)?$/;
const weighted = all.flatMap((operation) => {
  const name = `${operation.method} ${operation.path}`;
  const often = wanted.test(name) ? 8 : 4;
  const isSeldom = heavy.test(name) || !operations.includes(operation);
  return Array.from({ length: isSeldom ? 1 : often }, () => operation);
});

/** Half of all requests, so that most get past the rules for input. */
const UNSPOILT_PERCENT = 55;
const RIGHTLY_PERCENT = 75;

export function planned(world: World, seed: number, number: number): Plan {
  const draw = { seed: Math.imul(seed, 1_000_003) + number, numRuns: 1 };
  const [g] = fc.sample(fc.gen(), draw);
  if (!g) throw new Error("fast-check made nothing");
  const circle = circleOf(world, number);
  const operation = pick(g, weighted);
  const caller = circle.players[callerFor(g, operation)];
  // Somebody who asks a tutor for a lesson shows them their name, so that happens within a circle only.
  const others = wanted.test(`${operation.method} ${operation.path}`)
    ? Object.values(circle.players)
    : world.everybody();
  const shown = chance(g, RIGHTLY_PERCENT) ? rightly(g, caller) : wrongly(g, others, caller);
  const isOwn = shown.as.length === 1;
  const marks = isOwn ? caller : { word: "somebody", secret: "somebodys" };
  const maker: Maker = { g, world, circle, caller, marks };
  const draft: Draft = {
    method: operation.method,
    path: pathOf(maker, operation),
    query: queryOf(maker, operation),
    headers: [
      ["accept", operation.path.startsWith("/api/") ? "application/json" : "text/html"],
      ...shown.headers,
    ],
    body: operation.path === "/api/webhooks/zoom" ? notice(maker) : validBody(maker, operation),
    raw: null,
  };
  if (operation.path.startsWith("/api/auth/"))
    draft.headers.push(["sec-fetch-site", "same-origin"]);
  if (draft.body !== undefined) draft.headers.push(["content-type", "application/json"]);
  const before = `${draft.method} ${draft.path}`;
  if (!chance(g, UNSPOILT_PERCENT)) spoil(g, draft);
  const isItself = `${draft.method} ${draft.path}` === before;
  const drafted = asSent(draft);
  const sent = isItself ? keyed(g, operation.path, drafted) : drafted;
  const consentsAt = isItself && isOwn ? providerIn(operation, draft.query) : null;
  return { sent, operation: isItself ? operation : null, caller, as: shown.as, consentsAt };
}

function providerIn({ path }: Operation, query: string): Plan["consentsAt"] {
  if (!path.endsWith("/callback") || query !== "") return null;
  return path.includes("google") ? "google" : "zoom";
}

/** Each circle's requests come one after another, so that what one of them makes is there for the next. */
function circleOf({ circles }: World, number: number): Circle {
  const circle = circles[number % circles.length];
  if (!circle) throw new Error("Nobody plays");
  return circle;
}

function callerFor(g: Draw, { may, path }: Operation): (typeof kinds)[number] {
  if (chance(g, 20)) return pick(g, kinds);
  if (Array.isArray(may)) return may[0] === "admin" ? "support" : (may[0] ?? "tutor");
  if (path.startsWith("/support")) return "support";
  if (/^\/(tutor|api\/auth)/.test(path)) return "tutor";
  return pick(g, ["tutor", "student"] as const);
}

function pathOf(maker: Maker, { path }: Operation): string {
  const { g, world, circle } = maker;
  const named = targets.find((target) => path.includes(`${target}/{id}`));
  const whose = chance(g, 70) ? circle : pick(g, world.circles);
  return path
    .replace("{id}", idOf(g, whose, named ?? "sessions"))
    .replace(
      "{who}",
      pick(g, [whose.players.tutor.id, encodeURIComponent(whose.players.tutor.email)]),
    )
    .replace("{token}", tokenFor(maker, kindOf(path)));
}

function kindOf(path: string): "feed" | "door" | "asked" {
  if (path.startsWith("/calendar/")) return "feed";
  return path.startsWith("/j/") ? "door" : "asked";
}

const idOf = (g: Draw, { ids }: Circle, target: Target): string =>
  ids[target].length > 0 ? pick(g, ids[target]) : "00000000-0000-4000-8000-000000000000";

function queryOf(maker: Maker, operation: Operation): string {
  const { g, circle } = maker;
  if (operation.query) return validQuery(maker, operation);
  if (operation.path.startsWith("/confirm-address")) return `?token=${tokenFor(maker, "confirm")}`;
  if (operation.path === "/reset-password") return `?token=${tokenFor(maker, "reset")}`;
  if (operation.path === "/support") return `?who=${circle.players.tutor.id}`;
  if (operation.path.endsWith("/callback"))
    return pick(g, ["", "", "?error=access_denied", "?code=a&state=b"]);
  return "";
}

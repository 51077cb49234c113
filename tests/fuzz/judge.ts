/** What no answer may be, whatever was asked. */

import { openApiDocument } from "#server/openapi/document.ts";
import { operations } from "#server/openapi/operations.ts";
import type { Plan } from "./making/plan.ts";
import type { Received, Sent } from "./making/send.ts";
import { mayRead, type Player } from "./world/players.ts";
import type { World } from "./world/world.ts";

const shield = [
  "content-security-policy",
  "referrer-policy",
  "x-content-type-options",
  "x-frame-options",
];
/** Of a stack, of SQL and what a database says about it, of paths of this machine. */
const inner =
  /\n\s+at \S+ \(|\bat (async )?[\w.]+ \(.+:\d+:\d+\)|\.(ts|js|mjs):\d+:\d+|node_modules|select .{1,200} from "|insert into "|violates .{1,40} constraint|syntax error at|relation ".{1,60}"|invalid byte sequence|Kysely|PGlite|ECONN[A-Z]+/;
const here = process.cwd();

const document = openApiDocument("http://segue.example");
const codes: readonly string[] = document.components.schemas.Problem.properties.code.enum;
const refusing = new Set([400, 405, 408, 413, 415, 422, 431]);

/** Whether the rules for input let it through. */
export function isPastRules({ operation }: Plan, { status, text }: Received): boolean {
  if (status === 404) return operation !== null;
  return !refusing.has(status) || text.includes('"code":"no_video_provider"');
}

/** @returns what is wrong, in words */
export function faultsOf(world: World, plan: Plan, answer: Received): string[] {
  const { status, headers, text } = answer;
  const missing = shield.filter((name) => headers[name] === undefined);
  return [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(missing.length > 0 ? [`lacks ${missing.join(", ")}`] : []),
    ...tooMuchIn(text),
    ...(text.includes(here) ? ["names a folder of the machine"] : []),
    ...foreignIn(world, plan, answer),
    ...unlike(plan, answer),
  ];
}

/** In JSON and in pages, quotes and line ends don't look as in SQL and in stacks. */
function tooMuchIn(text: string): string[] {
  const plain = text.replaceAll(/\\"|&quot;|&#x22;/g, '"').replaceAll("\\n", "\n");
  const found = inner.exec(plain);
  return found ? [`says too much: ${found[0].slice(0, 80)}`] : [];
}

/** Words of people whom neither those who asked may know, nor the holder of a key that was sent. */
function foreignIn({ everybody, tokens }: World, { sent, as }: Plan, { headers, text }: Received) {
  const said = `${headers.location ?? ""}\n${text}`;
  if (!/zq|zx/.test(said)) return [];
  const asked = `${sent.path}\n${sent.body?.toString() ?? ""}`;
  const readers = new Set<Player>([
    ...as,
    ...tokens.filter(({ value }) => isShown(asked, value)).map(({ of }) => of),
    ...everybody().filter(({ password }) => asked.includes(password)),
  ]);
  const isKnown = (of: Player, word: "word" | "secret") =>
    asked.includes(of[word]) || [...readers].some((reader) => mayRead(reader, of, word));
  return everybody().flatMap((of) =>
    (["word", "secret"] as const)
      .filter((word) => said.includes(of[word]) && !isKnown(of, word))
      .map((word) => `tells the ${word} of ${of.kind} ${of.circle}`),
  );
}

/** A key may be typed in other letters, or encoded, and is the same key. */
function isShown(asked: string, token: string): boolean {
  const readable = asked.replaceAll(/%[0-7][0-9a-f]/gi, decodeURIComponent);
  return readable.toLowerCase().includes(token.toLowerCase());
}

/** Where it isn't what the contract publishes for this operation. */
function unlike(plan: Plan, answer: Received): string[] {
  const { operation, sent } = plan;
  const { status, headers, text } = answer;
  if (status >= 400) return unlikeRefusal(plan, answer);
  const isOurs = operation !== null && operations.includes(operation);
  if (!isOurs || status === 304 || isOfRouter(sent, headers.location)) return [];
  if (!Object.hasOwn(operation.answers, status)) {
    return [`answers ${status}, which isn't published`];
  }
  const schema = operation.answers[status];
  const isJson = headers["content-type"]?.includes("json");
  const parsed = schema?.safeParse(isJson ? JSON.parse(text) : text);
  return parsed?.error ? [`isn't what is published: ${parsed.error.message.slice(0, 200)}`] : [];
}

function unlikeRefusal({ operation, sent }: Plan, { status, headers, text }: Received): string[] {
  const type = String(headers["content-type"] ?? "");
  if (type.includes("json")) {
    return isProblem(type, status, text) ? [] : ["is no problem document"];
  }
  // A person reads why on a page.
  const isOurs = operation !== null && operations.includes(operation);
  return isOurs && !isForPeople(sent, type) ? [`is refused as ${type}`] : [];
}

const isForPeople = ({ method, headers }: Sent, type: string): boolean =>
  method === "GET" &&
  type.startsWith("text/html") &&
  headers.some(([name, value]) => name === "accept" && value.includes("text/html"));

/** Next leads a request that says it comes from its router to the same address, with a mark for its caches. */
const isOfRouter = ({ path, headers }: Sent, location = ""): boolean =>
  headers.some(([name]) => name === "rsc") && withoutMark(location) === withoutMark(path);

const withoutMark = (path: string): string => path.replace(/[?&]_rsc=?[^&]*|\?$/, "");

function isProblem(type: string, status: number, text: string): boolean {
  // HEAD has none.
  if (text === "") return true;
  const { code, status: said, detail } = JSON.parse(text) as Record<string, unknown>;
  const isText = typeof detail === "string" && detail !== "";
  return (
    type === "application/problem+json" && said === status && isText && codes.includes(String(code))
  );
}

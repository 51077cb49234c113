/** Takes a valid request and makes something of it that no program of ours would send. */
import fc from "fast-check";
import * as odd from "./odd.ts";
import type { Sent } from "./send.ts";
import { chance, type Draw, pick } from "./valid.ts";

type Json = Record<string, unknown>;

export interface Draft {
  method: string;
  path: string;
  query: string;
  headers: [string, string][];
  /** Undefined: none. */
  body: unknown;
  /** Instead of the body: bytes as they are. */
  raw: Buffer | null;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function oddValue(g: Draw, name: string): unknown {
  if (/At$/.test(name) && chance(g, 50)) return pick(g, odd.times);
  if (name === "timeZone" && chance(g, 60)) return pick(g, odd.zones);
  const kind = pick(g, ["string", "string", "number", "value", "any"]);
  if (kind === "string") return pick(g, odd.strings);
  if (kind === "number") return pick(g, odd.numbers);
  return kind === "value" ? pick(g, odd.values) : g(fc.anything, { withNullPrototype: true });
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

/** One field of the body at a time, so that the others are still valid and the rule for this one is reached. */
function field(g: Draw, draft: Draft): void {
  if (isObject(draft.body)) draft.body = withOddField(g, draft.body);
  else wholeBody(g, draft);
}

function withOddField(g: Draw, whole: Json): Json {
  const body = { ...whole };
  const names = Object.keys(body);
  const name = names.length > 0 ? pick(g, names) : "a";
  const value = body[name];
  if (isObject(value) && chance(g, 70)) return { ...body, [name]: withOddField(g, value) };
  switch (pick(g, ["odd", "odd", "odd", "without", "list", "more", "deep", "typed"])) {
    case "odd":
      body[name] = oddValue(g, name);
      break;
    case "without":
      delete body[name];
      break;
    case "list":
      body[name] = [value, value];
      break;
    case "more":
      // Assigned, a key like "__proto__" would change the object instead.
      Object.defineProperty(body, pick(g, odd.keys), { value: oddValue(g, ""), enumerable: true });
      break;
    case "deep":
      body[name] = nested(500);
      break;
    case "typed":
      // An object that was made before may have no "toString".
      body[name] = typeof value === "string" ? Number(value) : `${JSON.stringify(value)}`;
      break;
  }
  return body;
}

/** As text, because no object holds a key twice. */
function keyTwice(g: Draw, draft: Draft): void {
  if (!isObject(draft.body)) return void wholeBody(g, draft);
  const pairs = [...Object.entries(draft.body), ...Object.entries(draft.body)].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  draft.raw = Buffer.from(`{${pairs.join(",")}}`);
}

function wholeBody(g: Draw, draft: Draft): void {
  draft.raw = pick(g, odd.bodies);
}

function cut(g: Draw, draft: Draft): void {
  const whole = Buffer.from(JSON.stringify(draft.body ?? { a: "ü🎵" }));
  draft.raw = whole.subarray(0, g(fc.nat, { max: whole.length }));
}

function contentType(g: Draw, draft: Draft): void {
  setHeader(draft, "content-type", pick(g, odd.contentTypes));
}

function header(g: Draw, draft: Draft): void {
  const [name, value] = pick(g, odd.headers);
  if (name === "cookie" || name === "authorization") draft.headers.push([name, value]);
  else setHeader(draft, name, value);
}

function method(g: Draw, draft: Draft): void {
  draft.method = pick(g, odd.methods);
}

function path(g: Draw, draft: Draft): void {
  const parts = draft.path.split("/");
  const at = 1 + g(fc.nat, { max: parts.length - 2 });
  const part = parts[at] ?? "";
  parts[at] = pick(g, [
    pick(g, odd.inPaths),
    part + pick(g, odd.inPaths),
    [...part]
      .map((letter) => `%${(letter.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`)
      .join(""),
    part.toUpperCase(),
    `${part}/`,
    "",
    encodeURIComponent(pick(g, odd.strings).replace(/\p{Cs}/gu, "")).slice(0, 3_000),
  ]);
  draft.path = `/${parts.slice(1).join("/")}`;
}

function query(g: Draw, draft: Draft): void {
  draft.query = pick(g, odd.queries);
}

type Spoil = (g: Draw, draft: Draft) => void;
const withBody: readonly Spoil[] = [
  field,
  field,
  field,
  field,
  keyTwice,
  wholeBody,
  cut,
  contentType,
];
const always: readonly Spoil[] = [header, header, header, method, path, query];

export function spoil(g: Draw, draft: Draft): void {
  const times = chance(g, 80) ? 1 : 2;
  for (let time = 0; time < times; time++) {
    const from = draft.body !== undefined && chance(g, 65) ? withBody : always;
    pick(g, from)(g, draft);
  }
}

function setHeader(draft: Draft, name: string, value: string): void {
  draft.headers = [...draft.headers.filter(([given]) => given !== name), [name, value]];
}

/** Node's own rule for header values; the bytes beyond are tried on a bare socket in `door.test.ts`. */
const sendable = (value: string) => value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?");

export function asSent({ method: by, path: to, query: asked, headers, body, raw }: Draft): Sent {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    method: by,
    path: `${to}${asked}`.replaceAll(/[^\x21-\xff]/g, (letter) => encodeURIComponent(letter)),
    headers: headers.map(([name, value]) => [name, sendable(value)] as const),
    body: raw ?? (body === undefined ? null : Buffer.from(text ?? "")),
  };
}

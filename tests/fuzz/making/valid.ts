/** Input that an operation takes: by its published schema, and by what each field means. */
import fc from "fast-check";
import { z } from "zod";
import { languages } from "#lib/platform/words.ts";
import type { Operation } from "#server/openapi/operation.ts";
import { PASSWORD_WORD, type Player } from "#tests/fuzz/world/players.ts";
import type { Circle, World } from "#tests/fuzz/world/world.ts";

/** fast-check's generator, which makes a value of any arbitrary whenever it is asked. */
export type Draw = fc.GeneratorValue;

export interface Maker {
  g: Draw;
  world: World;
  circle: Circle;
  caller: Player;
  /** What stands in texts and addresses that are made; the caller's own only if it is they who will be asked for. */
  marks: Pick<Player, "word" | "secret">;
}

interface Schema {
  type?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minimum?: number;
  maximum?: number;
  contentMediaType?: string;
}

const HOUR = 3_600_000;
/** Of tokens: older ones have mostly been used up. */
const NEWEST = 30;
const languageIds = languages().map(({ id }) => id);
const zones = Intl.supportedValuesOf("timeZone").filter((zone) => /^[A-Z]/.test(zone));

/** Otherwise small numbers come more often, which is right for input and wrong for choices. */
const evenly = (most: number) => fc.noBias(fc.nat({ max: most }));

export const pick = <T>(g: Draw, list: readonly T[]): T => list[g(evenly, list.length - 1)] as T;
export const chance = (g: Draw, percent: number): boolean => g(evenly, 99) < percent;

const text = (g: Draw): string =>
  g(fc.string, { unit: fc.constantFrom(..."abcdefgh ÄßéжΩ中🎵-'.,"), maxLength: 20 });

/** What a field of this name means, wherever it occurs. */
const meanings: Record<string, (maker: Maker, operation: Operation) => unknown> = {
  tutorId: ({ circle }) => circle.players.tutor.id,
  subject: ({ g, marks }) => `${marks.word} ${text(g)}`,
  message: ({ g, marks }) => `${marks.word} ${text(g)}`,
  name: ({ g, marks }, { path }) =>
    `${path.endsWith("sign-up/email") ? "New" : marks.word} ${text(g)}`,
  email: ({ caller, world, marks }, { path }) => {
    if (path.endsWith("sign-up/email")) return `${world.words(12)}@people.example`;
    if (!/sign-in|request-password-reset/.test(path))
      return `${world.words(9)}.${marks.secret}@people.example`;
    return caller.email;
  },
  guardianEmail: ({ g, marks }) =>
    chance(g, 20) ? null : `guardian${g(fc.nat, { max: 9 })}.${marks.secret}@people.example`,
  password: ({ g, caller, world }, { path }) => {
    if (path.endsWith("sign-up/email")) return `${PASSWORD_WORD}-${world.words(12)}`;
    return chance(g, 80) ? caller.password : `${PASSWORD_WORD} that is wrong`;
  },
  newPassword: ({ world }) => `${PASSWORD_WORD}-${world.words(12)}`,
  timeZone: ({ g }) => pick(g, zones),
  language: ({ g }) => pick(g, languageIds),
  startsAt: ({ g }) => {
    const hours = g(fc.integer, { min: 49, max: 9_000 });
    const time = new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR);
    return chance(g, 70) ? time.toISOString() : time.toISOString().replace("Z", "+05:45");
  },
  startsAtLocal: ({ g }) => {
    const hours = g(fc.integer, { min: 49, max: 9_000 });
    const time = new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR);
    return time.toISOString().slice(0, chance(g, 70) ? 16 : 19);
  },
  durationMinutes: ({ g }) => pick(g, [15, 30, 45, 60, 90]),
  repeatWeekly: ({ g }) => pick(g, [1, 1, 1, 2, 3]),
  url: ({ g }) =>
    pick(g, [
      "https://meet.google.com/abc-defg-hij",
      "https://zoom.us/j/12345678901",
      "https://us02web.zoom.us/j/12345678901?pwd=abc",
      "https://zoom.us/my/name",
    ]),
  sessionIds: ({ g, circle }) => [pick(g, circle.ids.sessions)],
  token: (maker, { path }) => tokenFor(maker, path.includes("reset") ? "reset" : "confirm"),
  event: ({ g }) => pick(g, ["meeting.deleted", "app_deauthorized", "endpoint.url_validation"]),
};

/** Sometimes one that was mailed to this person, if there is any; otherwise one that looks like it. */
export function tokenFor({ g, world, caller }: Maker, kind: World["tokens"][number]["kind"]) {
  const any = world.tokens.filter((token) => token.kind === kind).slice(-NEWEST);
  const own = any.filter(({ of }) => of === caller);
  const from = own.length > 0 && chance(g, 80) ? own : any;
  return from.length > 0 ? pick(g, from).value : "a".repeat(43);
}

export function validBody(maker: Maker, operation: Operation): unknown {
  if (!operation.body) return undefined;
  const schema = published(operation.body);
  if (schema.contentMediaType) return "List-Unsubscribe=One-Click";
  return inputFor(maker, operation, schema, "");
}

const described = new Map<z.ZodType, Schema>();

function published(type: z.ZodType): Schema {
  const known = described.get(type);
  if (known) return known;
  const schema = z.toJSONSchema(type, { io: "input", unrepresentable: "any" }) as Schema;
  described.set(type, schema);
  return schema;
}

export function validQuery(maker: Maker, operation: Operation): string {
  if (!operation.query) return "";
  const values = Object.entries(operation.query.shape).map(([name, schema]) => {
    return [name, String(inputFor(maker, operation, published(schema as z.ZodType), name))];
  });
  return `?${new URLSearchParams(values)}`;
}

function inputFor(maker: Maker, operation: Operation, schema: Schema, name: string): unknown {
  const { g } = maker;
  const meant = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
  if (meant) return meant(maker, operation);
  if (schema.enum) return pick(g, schema.enum);
  if (schema.anyOf) return inputFor(maker, operation, pick(g, schema.anyOf), name);
  switch (schema.type) {
    case "object": {
      const all = Object.entries(schema.properties ?? {});
      const given = all.filter(([key]) => schema.required?.includes(key) || chance(g, 60));
      const values = given.map(([key, of]) => [key, inputFor(maker, operation, of, key)]);
      return withOneStart(maker, operation, schema, Object.fromEntries(values));
    }
    case "array":
      return [inputFor(maker, operation, schema.items ?? {}, "")];
    case "boolean":
      return g(fc.boolean);
    case "integer":
    case "number":
      return g(fc.integer, {
        min: schema.minimum ?? 0,
        max: Math.min(schema.maximum ?? 100, 1_000),
      });
    case "null":
      return null;
    default:
      return text(g);
  }
}

/** A start is named in one of two ways, which the schema can't say. */
function withOneStart(
  maker: Maker,
  operation: Operation,
  { properties = {} }: Schema,
  values: Record<string, unknown>,
): Record<string, unknown> {
  if (!("startsAtLocal" in properties)) return values;
  const { startsAt: _, startsAtLocal: __, ...others } = values;
  const make = (name: string) => ({ [name]: inputFor(maker, operation, {}, name) });
  if (chance(maker.g, 50)) return { ...others, ...make("startsAt") };
  return { ...make("timeZone"), ...others, ...make("startsAtLocal") };
}

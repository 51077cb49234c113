/**
 * The providers' machine-readable descriptions, as schemas to check answers and requests with. The
 * descriptions are kept beside the project and not in it; without them the tests that need them are skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

type Schema = Record<string, unknown>;

const folder = fileURLToPath(new URL("../../../shared/specs/", import.meta.url));

export const specsAreHere = existsSync(folder);
export const whySkipped = "the providers' specs are not in ../shared/specs";

const read = (file: string) =>
  JSON.parse(readFileSync(`${folder}${file}`, "utf8")) as Record<string, unknown>;

/** Points every `$ref` at the definitions that the converted schema carries along. */
function relocated(value: unknown, prefix: string): unknown {
  if (Array.isArray(value)) return value.map((part) => relocated(part, prefix));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === "$ref" && typeof part === "string"
        ? `#/definitions/${part.replace(prefix, "")}`
        : relocated(part, prefix),
    ]),
  );
}

function schema(definitions: Schema, name: string, target: "openapi-3.0" | "draft-7"): z.ZodType {
  const root = { $ref: `#/definitions/${name}`, definitions } as Parameters<
    typeof z.fromJSONSchema
  >[0];
  return z.fromJSONSchema(root, { defaultTarget: target });
}

/** The schema of this name in Zoom's OpenAPI document. */
export function zoomSchema(name: string): z.ZodType {
  const document = read("zoom-meetings.openapi.json") as { components: { schemas: Schema } };
  const definitions = relocated(document.components.schemas, "#/components/schemas/") as Schema;
  return schema(definitions, name, "openapi-3.0");
}

const discovery = () => read("google-calendar-v3.discovery.json") as { schemas: Schema };

/** The names of all fields of a schema in the discovery document. */
export const calendarFields = (name: string): string[] =>
  Object.keys((discovery().schemas[name] as { properties: Schema }).properties);

/** The keywords that discovery documents share with JSON Schema. `type: any` and all others are their own. */
const shared = ["type", "$ref", "enum", "pattern"];

function plain(value: unknown): Schema {
  const given = value as Schema;
  const kept = Object.entries(given).filter(
    ([word, meaning]) => shared.includes(word) && meaning !== "any",
  );
  const fields = Object.entries((given.properties ?? {}) as Schema);
  return {
    ...Object.fromEntries(kept),
    ...(fields.length > 0 && {
      properties: Object.fromEntries(fields.map(([name, part]) => [name, plain(part)])),
    }),
    ...(given.items !== undefined && { items: plain(given.items) }),
    ...(given.additionalProperties !== undefined && {
      additionalProperties: plain(given.additionalProperties),
    }),
  };
}

/** The schema of this name in Google's Calendar discovery document. */
export function calendarSchema(name: string): z.ZodType {
  const all = Object.entries(discovery().schemas).map(([key, value]) => [key, plain(value)]);
  return schema(relocated(Object.fromEntries(all), "") as Schema, name, "draft-7");
}

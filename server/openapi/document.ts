/** The contract as OpenAPI 3.1, derived from the schemas that the verbs use for their input and answers. */
import { z } from "zod";
import { verbs } from "#lib/records/limits/rules.ts";
import { refusals } from "#lib/services/verb/errors.ts";
import { librarysCodes } from "#server/account/librarysCodes.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";

const problem = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence for people." },
    code: { type: "string", enum: [...Object.keys(refusals), ...librarysCodes, "internal"] },
    field: { type: "string", description: "The input field at fault." },
    atField: {
      type: "string",
      description: "The sentence without its name, to stand at the field.",
    },
  },
};

const refusalContent = {
  "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
};

export function openApiDocument(appUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: documented(operation),
    });
  }
  return {
    openapi: "3.1.0",
    info: { title: "Segue", version: "1" },
    servers: [{ url: appUrl }],
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      schemas: { Problem: problem },
    },
    paths,
  };
}

/** Verbs that are limited say so, and when the same can be asked for again. */
function limitedAnswer(method: string, path: string) {
  const verb = verbs[`${method} ${path}`];
  if (!verb || !("limited" in verb)) return {};
  return {
    429: {
      description: "Asked for too often",
      headers: {
        "Retry-After": { description: "In seconds", schema: { type: "integer", minimum: 1 } },
      },
      content: refusalContent,
    },
  };
}

function documented({ method, path, may, summary, body, query, answers }: Operation) {
  const responses = Object.entries(answers).map(([status, schema]) => [
    status,
    { description: summary, ...(schema && { content: contentOf(schema, "output") }) },
  ]);
  return {
    summary,
    ...(may !== "anyone" && may !== "key-holder" && { security: [{ bearer: [] }] }),
    ...((path.includes("{") || query) && { parameters: parametersOf(path, query) }),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: contentOf(body, "input"),
      },
    }),
    responses: {
      ...Object.fromEntries(responses),
      ...limitedAnswer(method, path),
      default: {
        description: "Why it was refused",
        content: refusalContent,
      },
    },
  };
}

function parametersOf(path: string, query: z.ZodObject | undefined) {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string", ...(name === "id" && { format: "uuid" }) },
  }));
  const asked = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: !(schema as z.ZodType).safeParse(undefined).success,
    schema: z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" }),
  }));
  return [...named, ...asked];
}

function contentOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return { [String(described.contentMediaType ?? "application/json")]: { schema: described } };
}

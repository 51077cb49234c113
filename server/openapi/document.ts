/** The contract as OpenAPI 3.1, made of the schemas that the verbs parse and answer with. */
import { z } from "zod";
import { refusals } from "#lib/services/errors.ts";
import { type Operation, operations } from "./operations.ts";

const problem = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence for people." },
    code: { type: "string", enum: [...Object.keys(refusals), "internal", "foreign_origin"] },
    field: { type: "string", description: "The input field at fault." },
  },
};

export function openApiDocument(appUrl: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: describe(operation),
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

function describe({ path, may, summary, body, answers }: Operation) {
  const responses = Object.entries(answers).map(([status, schema]) => [
    status,
    { description: summary, ...(schema && { content: jsonContent(schema, "output") }) },
  ]);
  return {
    summary,
    ...(may !== "anyone" && { security: [{ bearer: [] }] }),
    ...(path.includes("{id}") && {
      parameters: [
        { name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } },
      ],
    }),
    ...(body && { requestBody: { required: true, content: jsonContent(body, "input") } }),
    responses: {
      ...Object.fromEntries(responses),
      default: {
        description: "Why it was refused",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

function jsonContent(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return { "application/json": { schema: described } };
}

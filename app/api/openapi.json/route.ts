import { guarded, json } from "#server/http.ts";
import { openApiDocument } from "#server/openapi/document.ts";

/** The API's contract, for programs. */
export const GET = (request: Request) =>
  guarded(request, async (ctx) => json(openApiDocument(ctx.config.appUrl)));

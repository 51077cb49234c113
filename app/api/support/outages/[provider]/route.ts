import { declareOutage } from "#lib/services/support/declareOutage.ts";
import { readOutage } from "#lib/services/support/readOutage.ts";
import { json, readJson, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person, id }) => json(await readOutage(ctx, person, id)),
  "admin",
);

export const POST = route(
  async ({ ctx, person, id, request }) =>
    json(await declareOutage(ctx, person, id, await readJson(request))),
  "admin",
);

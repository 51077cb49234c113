import { endOutage } from "#lib/services/support/declareOutage.ts";
import { json, readJson, route } from "#server/http.ts";

export const POST = route(
  async ({ ctx, person, id, request }) =>
    json(await endOutage(ctx, person, id, await readJson(request))),
  "admin",
);

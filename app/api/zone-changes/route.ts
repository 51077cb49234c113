import { decideZoneChanges } from "#lib/services/sessions/decideZoneChanges.ts";
import { listZoneChanges } from "#lib/services/sessions/zoneChanges.ts";
import { json, readJson, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person }) => json(await listZoneChanges(ctx, person)),
  "tutor",
);

export const POST = route(
  async ({ ctx, person, request }) =>
    json(await decideZoneChanges(ctx, person, await readJson(request))),
  "tutor",
);

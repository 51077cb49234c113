import { getPreferences, updatePreferences } from "#lib/services/telling/preferences.ts";
import { json, readJson, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await getPreferences(ctx, person)));

export const PATCH = route(async ({ ctx, person, request }) =>
  json(await updatePreferences(ctx, person, await readJson(request))),
);

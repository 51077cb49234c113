import { updateProfile } from "#lib/services/people/updateProfile.ts";
import { json, noContent, readJson, route } from "#server/http.ts";

export const GET = route(async ({ person }) => json(person));

export const PATCH = route(async ({ ctx, person, request }) => {
  await updateProfile(ctx, person, await readJson(request));
  return noContent();
});

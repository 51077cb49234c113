import { ownProfile } from "#lib/services/people/ownProfile.ts";
import { updateProfile } from "#lib/services/people/updateProfile.ts";
import { json, noContent, readJson, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await ownProfile(ctx, person)));

export const PATCH = route(async ({ ctx, person, request }) => {
  await updateProfile(ctx, person, await readJson(request));
  return noContent();
});

import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import { json, noContent, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person }) => json({ connection: await getConnection(ctx, person) }),
  "tutor",
);

export const DELETE = route(async ({ ctx, person }) => {
  await disconnectProvider(ctx, person);
  return noContent();
}, "tutor");

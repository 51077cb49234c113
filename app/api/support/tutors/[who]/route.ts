import { lookAtTutor } from "#lib/services/support/lookAtTutor.ts";
import { json, route } from "#server/http.ts";

export const GET = route(
  async ({ ctx, person, id }) => json(await lookAtTutor(ctx, person, id)),
  "admin",
);

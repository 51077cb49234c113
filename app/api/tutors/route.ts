import { listTutors } from "#lib/services/people/listTutors.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await listTutors(ctx, person)));

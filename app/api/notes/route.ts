import { listNotes } from "#lib/services/telling/notes.ts";
import { json, route } from "#server/http.ts";

export const GET = route(async ({ ctx, person }) => json(await listNotes(ctx, person)));

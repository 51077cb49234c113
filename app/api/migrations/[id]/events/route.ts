import { route } from "#server/http.ts";
import { migrationEvents } from "#server/migrationEvents.ts";

export const GET = route(migrationEvents, "tutor");

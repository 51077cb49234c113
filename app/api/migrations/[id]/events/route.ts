import { migrationEvents } from "#server/events/migrationEvents.ts";
import { route } from "#server/http.ts";

export const GET = route(migrationEvents, "tutor");

import { authorizeRoute } from "#server/consent.ts";

export const GET = authorizeRoute("google_meet");

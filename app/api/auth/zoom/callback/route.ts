import { callbackRoute } from "#server/consent.ts";

export const GET = callbackRoute("zoom");

import { json } from "#server/http.ts";

/** The process lives. */
export const GET = (): Response => json({ status: "alive" });

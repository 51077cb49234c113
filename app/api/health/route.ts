import { json } from "#server/http.ts";

/** Answers as long as the process is alive. */
export const GET = (): Response => json({ status: "alive" });

import { metricsRoute } from "#server/metricsRoute.ts";

/** Read by Prometheus. */
export const GET = metricsRoute;

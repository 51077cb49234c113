import { metricsRoute } from "#server/metricsRoute.ts";

/** For Prometheus. */
export const GET = metricsRoute;

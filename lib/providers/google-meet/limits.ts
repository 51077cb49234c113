import type { Limit } from "#lib/providers/provider.ts";

const costs = { create: 1, find: 1, get: 1, update: 1, repair: 1, delete: 1 } as const;

/**
 * Quotas of the Calendar API for projects created since May 2026 (developers.google.com/workspace/calendar,
 * "Manage quotas"): sliding windows of one minute and no limit per day. The host link makes no call.
 */
export const limits: readonly Limit[] = [
  { name: "user", per: "user", window: "minute", calls: 600, costs },
  { name: "project", per: "project", window: "minute", calls: 10_000, costs },
];

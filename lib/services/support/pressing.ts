import type { Check, Finding, FindingCode } from "./views.ts";

/**
 * Causes stand before what follows from them, what keeps people out of a room before what doesn't, and what nobody has
 * to do anything about comes last.
 */
export const byUrgency = [
  "client_refused",
  "api_disabled",
  "unreachable",
  "needs_reconnect",
  "not_connected",
  "disconnected",
  "overdue",
  "join_nowhere",
  "join_elsewhere",
  "link_to_nowhere",
  "no_room_refused",
  "no_room_yet",
  "no_room_reconnect",
  "no_room_unconnected",
  "no_room_disconnected",
  "room_gone",
  "refresh_failing",
  "moves_failed",
  "changed_by_hand",
  "elsewhere",
  "time_refused",
  "time_untold",
  "mail_server",
  "mail_refused",
  "mail_failed",
  "stranded",
  "stray_refused",
  "unknown_room",
  "not_looked",
  "stray",
] as const satisfies FindingCode[];

/** What support should see to first; of several of a kind, the soonest lesson's. Null if nothing is wrong. */
export function mostPressing(checks: Check[]): Finding | null {
  const findings = checks.flatMap((check) => check.findings);
  const code = byUrgency.find((one) => findings.some((finding) => finding.code === one));
  return findings.find((finding) => finding.code === code) ?? null;
}

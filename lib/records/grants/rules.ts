import type { Selectable } from "kysely";
import { addMinutes } from "#lib/platform/clock.ts";
import type { TutorVideoProviderConnections } from "#lib/platform/database.types.ts";
import type { OperatorTrouble } from "#lib/records/operator/queries.ts";

export type Connection = Selectable<TutorVideoProviderConnections>;

/** What can happen to a tutor's connection; see the paragraph at its table. */
export const connectionEventKinds = [
  "connected",
  "reconnected",
  "lost",
  "disconnected",
  "checked",
] as const;

/** The states of a tutor's connection; see the paragraph at its table. */
export const connectionStatuses = ["connected", "needs_reconnect", "disconnected"] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** A token that expires within this many seconds is refreshed before use. */
export const REFRESH_AHEAD_SECONDS = 60;

/**
 * A refusal of a refresh that doesn't call the grant dead is believed after this many in a row and this many minutes.
 */
const LASTING = { refusals: 4, minutes: 60 };
/** What the provider answers another grant says nothing of one that was asked for in the same moment. */
const APART_MINUTES = 1;

/** From this many failed refreshes in a row on, support's examination names them. */
export const MANY_FAILED_REFRESHES = 10;
/** Longer than any outage. What fails for so long, and works for others, fails for good, whatever was said. */
const LONG_FAILED_MINUTES = 24 * 60;

/** A grant whose tokens nobody has used for this long is refreshed: Zoom's die after 90 days, Google's after six months. */
export const KEEP_WARM_DAYS = 30;

/**
 * A refusal of a refresh that may be the grant's own fault. unknown: the provider's words aren't known. client: they
 * call our client refused, which is everybody's trouble unless it works for others.
 */
export type RefreshRefusal = "unknown" | "client";

export interface RefusedClient {
  trouble: Pick<OperatorTrouble, "last_seen" | "resolved_at"> | undefined;
  /** When the refresh began whose refusal is judged. */
  asked: Date;
}

/** Since this grant was first refused our client has worked for another one, and was refused to nobody else again. */
export function worksForOthers(
  { refresh_refused_since: since }: Pick<Connection, "refresh_refused_since">,
  { trouble, asked }: RefusedClient,
): boolean {
  const worked = trouble?.resolved_at;
  return !!since && !!worked && worked > since && asked >= addMinutes(worked, APART_MINUTES);
}

/** Whether the failed refresh at `now` is one too many, if others of the provider succeed. `before` is the grant before it. */
export const hasFailedForLong = (
  before: Pick<Connection, "refresh_failures" | "refresh_failed_since">,
  now: Date,
): boolean =>
  before.refresh_failed_since !== null &&
  before.refresh_failures + 1 >= MANY_FAILED_REFRESHES &&
  now >= addMinutes(before.refresh_failed_since, LONG_FAILED_MINUTES);

/** Whether access tokens that are refused although they were refreshed just now have been so for too long. */
export const areRefusedForGood = (
  { access_refused_since: since }: Pick<Connection, "access_refused_since">,
  now: Date,
): boolean => since !== null && now >= addMinutes(since, LASTING.minutes);

/** Whether the refusal at `now` is one too many. `before` is the grant as it was before it. */
export function isLastingRefusal(
  kind: RefreshRefusal,
  before: Pick<Connection, "refresh_refusals" | "refresh_refused_since">,
  client: RefusedClient,
  now: Date,
): boolean {
  const since = before.refresh_refused_since;
  const lasts = (from: Date) => now >= addMinutes(from, LASTING.minutes);
  if (since === null || before.refresh_refusals + 1 < LASTING.refusals || !lasts(since))
    return false;
  if (kind === "client") return worksForOthers(before, client);
  // Where everybody was refused until just now, an odd answer still belongs to that.
  return !client.trouble || lasts(client.trouble.last_seen);
}

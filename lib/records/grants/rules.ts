import type { Selectable } from "kysely";
import type { TutorVideoProviderConnections } from "#lib/platform/database.types.ts";

export type Connection = Selectable<TutorVideoProviderConnections>;

/** The states of a tutor's connection; see the paragraph at its table. */
export const connectionStatuses = ["connected", "needs_reconnect", "disconnected"] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** A token that expires within this many seconds is refreshed before use. */
export const REFRESH_AHEAD_SECONDS = 60;

/**
 * A refusal of a refresh in words that nobody here knows is believed after this many in a row and this many minutes.
 * `foreign` is one whose body isn't the provider's own, as from a proxy between us, so it is given longer.
 */
const LASTING = {
  unknown: { refusals: 4, minutes: 60 },
  foreign: { refusals: 4, minutes: 3 * 24 * 60 },
} as const;

/** From this many failed refreshes in a row on, support's examination names them. */
export const MANY_FAILED_REFRESHES = 10;

/** A grant whose tokens nobody has used for this long is refreshed: Zoom's die after 90 days, Google's after six months. */
export const KEEP_WARM_DAYS = 30;

export type RefreshRefusal = keyof typeof LASTING;

/** Whether the refusal at `now` is one too many. `before` is the grant as it was before it. */
export function isLastingRefusal(
  kind: RefreshRefusal,
  before: Pick<Connection, "refresh_refusals" | "refresh_refused_since">,
  now: Date,
): boolean {
  const { refusals, minutes } = LASTING[kind];
  const since = before.refresh_refused_since;
  return (
    since !== null &&
    before.refresh_refusals + 1 >= refusals &&
    now.getTime() - since.getTime() >= minutes * 60_000
  );
}

/** Which of their lessons somebody views and how. The page's address holds it, to be shared and reloaded. */

import { hasNoRoom, statusAt } from "#app/sessions/_parts/lesson.ts";
import { isDay } from "#lib/platform/localTime.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";

export const views = ["upcoming", "week", "past"] as const;
export type View = (typeof views)[number];

export const stateFilters = [
  "scheduled",
  "open",
  "completed",
  "cancelled",
  "no-show",
  "no-room",
] as const;
export type StateFilter = (typeof stateFilters)[number];

export interface ViewState {
  view: View;
  /** A day of the week that is shown, such as "2026-11-16"; null is the current week, whichever that is. */
  week: string | null;
  /** Of lessons that are too many to show at once: those from this day on, by UTC. */
  from: string | null;
  /** The same of lessons that are over: those until this day. */
  until: string | null;
  provider: ProviderId | null;
  state: StateFilter | null;
  /** A zone other than the viewer's own, for this visit; IANA. */
  zone: string | null;
}

export const providers: ProviderId[] = ["google_meet", "zoom"];

/**
 * Ignores whatever in the address makes no sense.
 * @param isZone whether the server has rules for a zone of that name
 */
export function readViewState(
  params: Pick<URLSearchParams, "get">,
  isZone: (name: string) => boolean,
): ViewState {
  const day = (name: string) => {
    const text = params.get(name);
    return text && isDay(text) ? text : null;
  };
  const zone = params.get("zone");
  return {
    view: oneOf(views, params.get("view")) ?? "upcoming",
    week: day("week"),
    from: day("from"),
    until: day("until"),
    provider: oneOf(providers, params.get("provider")),
    state: oneOf(stateFilters, params.get("state")),
    zone: zone && isZone(zone) ? zone : null,
  };
}

export const oneOf = <T extends string>(known: readonly T[], text: string | null): T | null =>
  known.find((value) => value === text) ?? null;

/** "?view=week&zone=Europe%2FBerlin", or an empty string if all is at its default. */
export function writeViewState({ view, ...rest }: ViewState): string {
  const params = new URLSearchParams();
  if (view !== "upcoming") params.set("view", view);
  for (const [name, value] of Object.entries(rest)) {
    if (value) params.set(name, value);
  }
  return params.size > 0 ? `?${params}` : "";
}

export const isFiltered = ({ provider, state }: ViewState): boolean =>
  provider !== null || state !== null;

/** Whether it belongs to a list that begins at another day than today. */
export const isFrom = ({ scheduledStartAt }: SessionView, { from }: ViewState): boolean =>
  from === null || scheduledStartAt.slice(0, 10) >= from;

export const isUntil = ({ scheduledStartAt }: SessionView, { until }: ViewState): boolean =>
  until === null || scheduledStartAt.slice(0, 10) <= until;

export function matches(
  session: SessionView,
  { provider, state }: ViewState,
  now: string,
): boolean {
  if (provider && session.provider !== provider) return false;
  if (!state) return true;
  if (state === "no-room") return hasNoRoom(session, now);
  return statusOf[state] === statusAt(session, now);
}

const statusOf = {
  scheduled: "SCHEDULED",
  open: "JOIN_OPEN",
  completed: "COMPLETED",
  cancelled: "CANCELLED",
  "no-show": "NO_SHOW",
} as const;

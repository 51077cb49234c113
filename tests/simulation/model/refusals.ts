/** What a provider may answer instead of doing what was asked. */
import { ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { FaultKind } from "#tests/simulation/machine/faults.ts";
import type { Operation, Sky } from "./sky.ts";

interface Refusal {
  kind: FaultKind;
  code: ProviderErrorCode;
  of: readonly Operation[];
  /** Multiplies the world's own rate for this fault. */
  factor: number;
  only?: ProviderId;
}

const tokens = ["exchange", "refresh", "revoke"] as const;
const everything = [...tokens, "account"] as const;
const meetings = ["create", "find", "get", "update", "delete", "list"] as const;
const isAboutMeetings = (asked: Operation): boolean =>
  (meetings as readonly Operation[]).includes(asked);
const RETRY_AFTER_MS = 20_000;
/** A proxy, a wrong clock or a mistaken setting names a date in days to years. */
const FAR_DAYS = [1, 30, 3_650] as const;
const DAY_MS = 86_400_000;

/** The temporary ones among these may name a date to retry at. */
const refusals: readonly Refusal[] = [
  { kind: "unavailable", code: "unavailable", of: [...everything, ...meetings], factor: 1 },
  { kind: "rate_limited", code: "rate_limited", of: ["refresh", ...meetings], factor: 1 },
  { kind: "invalid_grant", code: "grant_revoked", of: ["refresh"], factor: 0.5 },
  { kind: "refresh_refused", code: "invalid_request", of: ["refresh"], factor: 0.5 },
  { kind: "forbidden", code: "not_allowed", of: meetings, factor: 0.2 },
  { kind: "refused", code: "invalid_request", of: ["create"], factor: 0.3 },
  { kind: "refused_oddly", code: "refused", of: ["create", "update", "delete"], factor: 0.3 },
  { kind: "no_meet", code: "not_supported", of: ["create"], factor: 0.3, only: "google_meet" },
  { kind: "in_progress", code: "in_progress", of: ["delete"], factor: 1, only: "zoom" },
];

/** @throws ProviderError when chance says so, and while the provider is down; then nothing has taken place */
export function perhapsRefuse(sky: Sky, asked: Operation): void {
  const { facts, faults, scheduler } = sky;
  throwForAWhile(sky, asked);
  if (isAboutMeetings(asked) && faults.strikes("foreign_answer", 0.5)) {
    // Something on the way answered, so nobody knows whether the request came through. Here it didn't.
    const code = isCounted(sky, asked) ? "outcome_unknown" : "unavailable";
    throw new ProviderError(code, "Simulated: foreign_answer", { status: 200 });
  }
  for (const { kind, code, of, factor, only } of refusals) {
    if (!of.includes(asked) || (only && only !== facts.id) || !faults.strikes(kind, factor))
      continue;
    throw new ProviderError(code, `Simulated: ${kind}`, {
      ...((code === "unavailable" || code === "rate_limited") && perhapsDate(sky)),
      ofOrganisation: facts.id === "zoom" && scheduler.dice.chance(0.5),
    });
  }
}

/** What lasts for a while, and is over by itself or when somebody has mended it. */
function throwForAWhile(
  { scheduler, downUntil, clientRefusedUntil, apiDisabledUntil }: Sky,
  asked: Operation,
): void {
  if (downUntil > scheduler.now) throw new ProviderError("unavailable", "Down");
  if (clientRefusedUntil > scheduler.now && (tokens as readonly Operation[]).includes(asked)) {
    throw new ProviderError("client_refused", "Our client is refused", { status: 401 });
  }
  if (apiDisabledUntil > scheduler.now && isAboutMeetings(asked)) {
    throw new ProviderError("api_disabled", "The API is switched off", { status: 403 });
  }
}

function perhapsDate({ scheduler, faults }: Sky): { retryAt?: Date } {
  const { dice } = scheduler;
  if (!dice.chance(0.5)) return {};
  const isFar = faults.strikes("far_retry");
  const wait = isFar ? dice.pick(FAR_DAYS) * DAY_MS : dice.int(0, RETRY_AFTER_MS);
  return { retryAt: new Date(scheduler.now + wait) };
}

/** Loses the answer to something that took place. */
export function perhapsLost(sky: Sky, asked: Operation): void {
  const { faults } = sky;
  const isLost =
    ((asked === "create" || asked === "update") && faults.strikes("answer_lost")) ||
    (asked === "refresh" && faults.strikes("rotation_lost", 0.6)) ||
    (asked !== "exchange" && asked !== "refresh" && faults.strikes("timeout"));
  if (isLost) throw lost(sky, asked);
}

/** The error that a caller gets when no answer came. */
export const lost = (sky: Sky, asked: Operation): ProviderError =>
  new ProviderError(isCounted(sky, asked) ? "outcome_unknown" : "timeout", "No answer came");

/** A write that mustn't be repeated blindly: it may have been made, and then it counts. */
const isCounted = ({ facts }: Sky, asked: Operation): boolean =>
  asked === "create" || (asked === "update" && facts.id === "zoom");

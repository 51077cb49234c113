/**
 * What is believed of the numbers and dates in a provider's answers. Proxies, wrong clocks and mistaken settings
 * send any number there is, so each has a floor and a ceiling, and only this file says which.
 */
import { addSeconds, type Clock, earliest, latest, nextUtcMidnight } from "#lib/platform/clock.ts";
import { ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";

/** A limit by the second or minute is over within minutes, and so long does our own backoff get. */
const LONGEST_PAUSE_SECONDS = 300;
/** A provider whose clock lags ours names times that have passed. They must not mean "at once". */
const SHORTEST_PAUSE_SECONDS = 1;
/** A limit by the day ends at midnight by the provider's clock, which may lag ours by this much. */
const MIDNIGHT_SLACK_SECONDS = 300;

/** An answer about one account holds up its organisation's other people for no longer than this. */
export const LONGEST_FOR_OTHERS_SECONDS = 5;

/** Longer than the time by which a token is refreshed ahead: otherwise each call would refresh it first. */
const SHORTEST_LIFETIME_SECONDS = 120;
export const LONGEST_LIFETIME_SECONDS = 86_400;
/** Access tokens live for an hour at both providers. */
const USUAL_LIFETIME_SECONDS = 3_600;

/** More pages than any account fills. A list without an end isn't read to its end. */
export const MOST_PAGES = 50;
/** Of a page's name, in characters: we keep it. */
export const LONGEST_TOKEN = 2_000;
/** The largest page of a list that we ask for takes less than half of it. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** When to try again after a refusal that names a time. */
export function believedRetryAt(code: ProviderErrorCode, named: Date, now: Date): Date {
  const ceiling =
    code === "daily_limit"
      ? addSeconds(nextUtcMidnight(now), MIDNIGHT_SLACK_SECONDS)
      : addSeconds(now, LONGEST_PAUSE_SECONDS);
  return earliest(latest(named, addSeconds(now, SHORTEST_PAUSE_SECONDS)), ceiling) ?? ceiling;
}

/** For how many seconds an access token is good, by its answer's `expires_in`. */
export function believedLifetime(expiresIn: unknown): number {
  const seconds = typeof expiresIn === "string" ? Number.parseFloat(expiresIn) : expiresIn;
  if (typeof seconds !== "number" || !(seconds > 0)) return USUAL_LIFETIME_SECONDS;
  return Math.min(Math.max(seconds, SHORTEST_LIFETIME_SECONDS), LONGEST_LIFETIME_SECONDS);
}

/**
 * The same provider, whose errors name no time to try again that isn't to be believed. All of its functions are
 * wrapped, whatever they are called, so that none can be forgotten.
 */
export function withinBounds(provider: VideoProvider, clock: Clock): VideoProvider {
  const believed = (error: unknown): unknown =>
    error instanceof ProviderError && error.retryAt
      ? error.with({ retryAt: believedRetryAt(error.code, error.retryAt, clock()) })
      : error;
  const bounded =
    (call: (...input: unknown[]) => unknown) =>
    (...input: unknown[]): unknown => {
      const answer = call(...input);
      if (!(answer instanceof Promise)) return answer;
      return answer.catch((error: unknown) => {
        throw believed(error);
      });
    };
  const parts = Object.entries(provider).map(([name, part]: [string, unknown]) => [
    name,
    typeof part === "function" ? bounded(part as Parameters<typeof bounded>[0]) : part,
  ]);
  return Object.fromEntries(parts) as VideoProvider;
}

/** The one source of time: services take it from their context, and tests set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

export const addSeconds = (at: Date, seconds: number): Date =>
  new Date(at.getTime() + seconds * 1000);
export const addMinutes = (at: Date, minutes: number): Date => addSeconds(at, minutes * 60);
/** Days of 24 hours, whatever a time zone makes of them. */
export const addDays = (at: Date, days: number): Date => addMinutes(at, days * 1_440);
export const latest = (...times: Date[]): Date =>
  new Date(Math.max(...times.map((time) => time.getTime())));
/** Null stands for never. */
export const earliest = (...times: (Date | null)[]): Date | null => {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length > 0 ? new Date(Math.min(...known)) : null;
};

/** The next 00:00 UTC, when a provider's daily quota starts afresh. */
export function nextUtcMidnight(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}

import { isWithinReach } from "#lib/platform/localTime.ts";

const isoDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const httpDate = /^[a-z]{3,9}, .+ GMT$/i;

/**
 * The time that a `Retry-After` header names; undefined where there is none or it can't be read. What of it is
 * believed, `believed.ts` decides. RFC 9110 knows seconds and HTTP-dates. Zoom's daily limit sends an ISO 8601 date-time
 * instead; one without a zone is read as UTC, never in the machine's zone.
 */
export function parseRetryAfter(value: string | null, now: Date): Date | undefined {
  const text = value?.trim() ?? "";
  const instant = instantOf(text, now);
  if (!isWithinReach(instant.getTime())) return undefined;
  return instant;
}

function instantOf(text: string, now: Date): Date {
  if (/^\d+$/.test(text)) return new Date(now.getTime() + Number(text) * 1000);
  if (httpDate.test(text)) return new Date(text);
  const iso = isoDateTime.exec(text);
  if (iso) return new Date(iso[3] ? text : `${text}Z`);
  return new Date(Number.NaN);
}

/** Errors as `application/problem+json` (RFC 9457). */
import { STATUS_CODES } from "node:http";
import { wordsFor } from "#lib/platform/words.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";

/** The answer for a reader of that language. Null means a fault of ours, whose details stay private. */
export function problem(refusal: Refusal | null, language: string): Response {
  const status = refusal?.status ?? 500;
  const code = refusal?.code ?? "internal";
  return new Response(
    JSON.stringify({
      type: `urn:segue:problem:${code}`,
      title: STATUS_CODES[status],
      status,
      detail: refusal?.inLanguage(language) ?? wordsFor(language, "refusals")("internal"),
      code,
      ...(refusal?.field && { field: refusal.field, atField: refusal.atField(language) }),
    }),
    {
      status,
      headers: {
        "content-type": "application/problem+json",
        "cache-control": "no-store",
        ...(refusal?.retryAfterSeconds && { "retry-after": `${refusal.retryAfterSeconds}` }),
      },
    },
  );
}

/** The connection was refused or cut, or the server is starting or shutting down: temporary. */
const passing = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|57P0[123]|08\d{3}|53300)$/;

export function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string" && passing.test(at.code)) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/.test(at.message))
      return true;
  }
  return false;
}

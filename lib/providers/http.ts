/**
 * Every exchange with a provider goes through here. This file says what is known when no answer came; each
 * provider's `errors.ts` says what an answer means. Sent headers and bodies are never logged or kept.
 */
import type { z } from "zod";
import { MOST_BYTES } from "#lib/providers/believed.ts";
import { ProviderError } from "#lib/providers/errors.ts";

export interface Call {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** The call creates something: when its answer is lost, nobody knows whether that was created. */
  creates?: boolean;
  /** Shared by all calls of one method of a provider. */
  deadline: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined where it isn't JSON. */
  json: unknown;
}

/**
 * @throws ProviderError where no answer came, or one that is too long to read; `unavailable` otherwise only when
 * nothing was sent
 */
export async function exchange(call: Call): Promise<Answer> {
  let status: number | undefined;
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: call.headers,
      body: call.body,
      // A redirect would send the bearer token to another host.
      redirect: "manual",
      // Otherwise Next's own fetch would cache the answers.
      cache: "no-store",
      signal: call.deadline,
    });
    status = response.status;
    const text = await readBody(response.body);
    return { status, headers: response.headers, text, json: parseJson(text) };
  } catch (cause) {
    if (cause instanceof TooLong) throw tooLongError(status, call.creates ?? false);
    throw networkError(cause, call.creates ?? false);
  }
}

class TooLong extends Error {}

const tooLongError = (status: number | undefined, creates: boolean): ProviderError =>
  new ProviderError(
    creates ? "outcome_unknown" : "unavailable",
    "The answer is too long to be read",
    status === undefined ? {} : { status },
  );

/** Reads no more than `MOST_BYTES`, whatever length the answer names. */
async function readBody(body: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream, and with it the answer.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new TooLong();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** A JSON call with the grant's access token. */
export function apiCall(
  call: Omit<Call, "body" | "headers"> & { accessToken: string; json?: unknown },
): Promise<Answer> {
  const { accessToken, json, ...rest } = call;
  const headers: Record<string, string> = {
    authorization: `Bearer ${accessToken}`,
    accept: "application/json",
  };
  if (json === undefined) return exchange({ ...rest, headers });
  headers["content-type"] = "application/json";
  return exchange({ ...rest, headers, body: JSON.stringify(json) });
}

/** Whether whoever answers at this address is at work. Any refusal says that they are. @throws ProviderError */
export async function reach(url: URL, deadline: AbortSignal): Promise<void> {
  const { status } = await exchange({ method: "GET", url, deadline });
  if (status >= 500) throw new ProviderError("unavailable", `It answered ${status}`, { status });
}

export const isSuccess = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300;

/**
 * Of a call that both providers answer without a body. Whatever stands in one comes from somebody else: a proxy's
 * page, or a refusal under a status that isn't its own.
 * @throws ProviderError `unavailable`
 */
export function requireEmpty(answer: Answer): void {
  if (answer.text.trim() !== "") throw foreign(answer);
}

/** A success status with a body that doesn't belong to what was asked. */
export const foreign = (
  { status }: Answer,
  { creates = false }: { creates?: boolean } = {},
): ProviderError =>
  new ProviderError(
    creates ? "outcome_unknown" : "unavailable",
    "The answer belongs to something else",
    { status },
  );

/**
 * Parses a successful answer; nothing in it is trusted before that.
 * @throws ProviderError `outcome_unknown` after a create, `unavailable` otherwise
 */
export function parseAnswer<T>(
  schema: z.ZodType<T>,
  answer: Answer,
  { creates = false }: { creates?: boolean } = {},
): T {
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "body";
  throw new ProviderError(
    creates ? "outcome_unknown" : "unavailable",
    `The answer could not be read (${where})`,
    { status: answer.status },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Errors that occur before the first byte of a request leaves. */
const notSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function networkError(cause: unknown, creates: boolean): ProviderError {
  const code = networkCode(cause);
  if (notSent.has(code)) {
    return new ProviderError("unavailable", `Could not be reached (${code})`, { cause });
  }
  return new ProviderError(creates ? "outcome_unknown" : "timeout", `No answer came (${code})`, {
    cause,
  });
}

/** `fetch` says "fetch failed" for everything and keeps the reason in `cause`. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "timeout";
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string") return code;
  return error.cause === undefined ? error.name : networkCode(error.cause);
}

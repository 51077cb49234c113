/**
 * Fault switches: what the next matching calls meet instead of success, or besides it. They are kept in
 * memory only, so a restarted sandbox has none. `README.md` explains each effect.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { empty, html, json, type Reply } from "#sandbox/http.ts";
import { Throws } from "#sandbox/throws.ts";

export const effects = [
  // any call
  "cut_before",
  "cut_after_write",
  "hold_before",
  "hold_after_write",
  "delay",
  "html_5xx",
  "unavailable",
  "server_error",
  "rate_limited",
  "invalid_request",
  "insufficient_scope",
  "token_refused",
  "not_found",
  "proxy_page",
  "no_body",
  "refusal_as_success",
  "foreign_meeting",
  "proxy_404",
  // Google's calendar
  "rate_limited_403",
  "user_rate_limited_403",
  "quota_exceeded_403",
  "forbidden",
  "api_disabled",
  "meet_not_allowed",
  "conference_pending",
  "conference_failure",
  // Zoom's meetings
  "daily_limit",
  "in_progress",
  "account_gone",
  // sign-in and tokens
  "deny",
  "not_json",
  "error_with_200",
  "odd_lifetime",
  "unknown_refusal",
  "invalid_client",
  "client_disabled",
  "refresh_dead",
  "refresh_dead_invalid_request",
  "refresh_dead_invalid_rapt",
  "refresh_dead_admin_policy",
  "refresh_dead_4711",
  "refresh_dead_4735",
  "refresh_dead_4738",
  "refresh_dead_4741",
  "refresh_lost_answer",
] as const;
export type Effect = (typeof effects)[number];

export const operations = [
  "authorize",
  "token",
  "refresh",
  "revoke",
  "account",
  "reach",
  "create",
  "get",
  "list",
  "update",
  "delete",
  "end",
] as const;
export type Operation = (typeof operations)[number];
export type ProviderName = "google" | "zoom";

export const faultSchema = z.strictObject({
  provider: z.enum(["google", "zoom"]),
  operation: z.enum(operations),
  effect: z.enum(effects),
  titleIncludes: z.string().optional(),
  times: z.number().int().positive().optional(),
  /** The part of the calls that it strikes, by throws that are the same at each start; otherwise all of them. */
  share: z.number().gt(0).lt(1).optional(),
  delayMs: z.number().int().min(0).max(60_000).optional(),
  /** The text of the `Retry-After` header on a refusal: seconds or a date. */
  retryAfter: z.string().min(1).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

export interface Call {
  provider: ProviderName;
  operation: Operation;
  /** The title of the meeting concerned. List and sign-in calls have none. */
  title?: string | undefined;
}

/** Effects that don't replace an answer but change what a created event looks like. */
const conferenceEffects: readonly Effect[] = ["conference_pending", "conference_failure"];

export class Faults {
  #list: Fault[] = [];
  #released = Promise.withResolvers<void>();
  readonly #onHold: () => void;
  readonly #throws = new Throws(1);

  /** @param onHold called at the moment when a switch holds back a call */
  constructor(onHold: () => void = () => undefined) {
    this.#onHold = onHold;
  }

  all(): Fault[] {
    return this.#list;
  }

  /** Replaces all switches and lets every held call go on. */
  replace(list: Fault[]): void {
    this.#list = list.map((fault) => ({ ...fault }));
    this.#released.resolve();
    this.#released = Promise.withResolvers<void>();
  }

  /** The first switch for this call, with its count reduced. Conference effects are found by name instead. */
  take(call: Call): Fault | undefined {
    const fault = this.#list.find(
      (candidate) =>
        !conferenceEffects.includes(candidate.effect) &&
        matches(candidate, call) &&
        (candidate.share === undefined || this.#throws.next() < candidate.share),
    );
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times === 0) this.#list = this.#list.filter((other) => other !== fault);
    }
    return fault;
  }

  /** Finds a conference effect. Its `times` counts the event's own GETs, so nothing is used up here. */
  conference(call: Call, effect: "conference_pending" | "conference_failure"): Fault | undefined {
    return this.#list.find((fault) => fault.effect === effect && matches(fault, call));
  }

  /** Resolves when the switches are next replaced or cleared. */
  get released(): Promise<void> {
    return this.#released.promise;
  }

  /** Keeps a call waiting until `released` resolves. */
  async hold(released: Promise<void>): Promise<void> {
    this.#onHold();
    await released;
  }
}

function matches(fault: Fault, call: Call): boolean {
  return (
    fault.provider === call.provider &&
    fault.operation === call.operation &&
    (fault.titleIncludes === undefined || (call.title ?? "").includes(fault.titleIncludes))
  );
}

const DELAY_MS = 500;

const gatewayPage =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>";

const proxyPage = "<html><body><h1>Sign in to this network</h1></body></html>";

/** The work is done, and the answer is another meeting's, as from a cache on the way. */
async function asForeign(reply: Reply): Promise<Reply> {
  if (reply === "cut" || !reply.ok || reply.status === 204) return reply;
  const body = (await reply.json()) as Record<string, unknown>;
  const isZoom = typeof body.id === "number";
  const id = isZoom ? 91_111_111_111 : "0123456789abcdefghijklmnop";
  return json(reply.status, { ...body, id, agenda: "", topic: "Another", summary: "Another" });
}

/**
 * Answers one call through the switches. Some end it before the work and some after it. The others are put
 * into the provider's own words by `refusal`, where undefined means that the switch has no effect here.
 */
export async function throughFaults(
  faults: Faults,
  call: Call,
  refusal: (effect: Effect) => Reply | undefined,
  work: () => Reply | Promise<Reply>,
): Promise<Reply> {
  const fault = faults.take(call);
  if (!fault) return work();
  switch (fault.effect) {
    case "cut_before":
      return "cut";
    case "cut_after_write":
    case "refresh_lost_answer":
      await work();
      return "cut";
    case "hold_before":
      await faults.hold(faults.released);
      return work();
    case "hold_after_write": {
      const released = faults.released;
      const reply = await work();
      await faults.hold(released);
      return reply;
    }
    case "delay":
      await Promise.race([
        sleep(fault.delayMs ?? DELAY_MS, undefined, { ref: false }),
        faults.released,
      ]);
      return work();
    case "proxy_page":
      return html(200, proxyPage);
    case "no_body":
      return empty(204);
    case "refusal_as_success":
      return json(200, { code: 3001, message: "Meeting does not exist." });
    case "proxy_404":
      return json(404, { message: "no Route matched with those values" });
    case "foreign_meeting":
      return asForeign(await work());
    case "odd_lifetime":
      return withOddLifetime(await work());
    case "html_5xx":
      return html(502, gatewayPage);
    default:
      return naming(fault.retryAfter, refusal(fault.effect)) ?? work();
  }
}

/** The same tokens, with a lifetime that no clock can add. */
async function withOddLifetime(reply: Reply): Promise<Reply> {
  if (!(reply instanceof Response) || reply.status !== 200) return reply;
  return json(200, { ...((await reply.json()) as object), expires_in: 9e15 });
}

function naming(retryAfter: string | undefined, reply: Reply | undefined): Reply | undefined {
  if (retryAfter !== undefined && reply instanceof Response) {
    reply.headers.set("retry-after", retryAfter);
  }
  return reply;
}

/** The error bodies of Zoom's API. */
import type { Effect } from "#sandbox/faults.ts";
import { html, json, type Reply } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";

/** Ends an operation with the refusal that Zoom would answer with. */
export class Refusal extends Error {
  readonly answer: Response;
  constructor(answer: Response) {
    super("refused");
    this.answer = answer;
  }
}

export const zoomError = (status: number, code: number, message: string): Response =>
  json(status, { code, message });

export function refuse(status: number, code: number, message: string): never {
  throw new Refusal(zoomError(status, code, message));
}

export const validationError = (errors: { field: string; message: string }[]): Response =>
  json(400, { code: 300, message: "Validation Failed.", errors });

export const tokenRefused = (): Response => zoomError(401, 124, "Invalid access token.");

export const missingScope = (world: World, scope: string): Response =>
  zoomError(
    400,
    world.settings.zoomMissingScopeCode,
    `Invalid access token, does not contain scopes:[${scope}, ${scope}:admin].`,
  );

export const gone = (id: string): Response =>
  zoomError(404, 3001, `Meeting does not exist: ${id}.`);

export const inProgress = (): Response =>
  zoomError(400, 3002, "Sorry, you cannot delete this meeting since it's in progress.");

export const perSecond = (headers: Record<string, string>): Response =>
  json(
    429,
    {
      code: 429,
      message: "You have reached the maximum per-second rate limit for this API. Try again later.",
    },
    headers,
  );

/** `Retry-After` is a date and not seconds: the next midnight in GMT. */
export function daily(now: Date, limit: number, what = "user"): Response {
  const midnight = new Date(now);
  midnight.setUTCHours(24, 0, 0, 0);
  return json(
    429,
    {
      code: 429,
      message: `You have exceeded the daily rate limit (${limit}) of Meeting Create/Update API requests permitted for this particular ${what}. You may resume these requests at GMT 00:00:00.`,
    },
    {
      "x-ratelimit-category": "Light",
      "x-ratelimit-type": "Daily-limit",
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": "0",
      "retry-after": midnight.toISOString().replace(/\.\d+Z$/, "Z"),
    },
  );
}

/** A fault switch in Zoom's words; undefined if the switch has no effect here. */
export function zoomRefusal(
  world: World,
  effect: Effect,
  of: { scope: string; id: string },
): Reply | undefined {
  switch (effect) {
    case "token_refused":
      return tokenRefused();
    case "insufficient_scope":
      return missingScope(world, of.scope);
    case "invalid_request":
      return validationError([{ field: "topic", message: "Invalid field." }]);
    case "forbidden":
      return zoomError(
        400,
        3161,
        "Meeting hosting and scheduling capabilities are not allowed for your user account.",
      );
    case "not_found":
      return gone(of.id);
    case "in_progress":
      return inProgress();
    case "account_gone":
      return zoomError(404, 1001, "User does not exist: me.");
    case "rate_limited":
      return perSecond({
        "x-ratelimit-category": "Medium",
        "x-ratelimit-type": "QPS",
        "x-ratelimit-limit": "20",
        "x-ratelimit-remaining": "0",
      });
    case "daily_limit":
      return daily(world.clock(), world.settings.zoomDailyLimit ?? 100);
    case "server_error":
      return zoomError(500, 500, "Internal Server Error");
    case "unavailable":
      return html(503, "<html><body><h1>503 Service Unavailable</h1></body></html>");
    default:
      return undefined;
  }
}

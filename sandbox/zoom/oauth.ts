/** Zoom's token and revocation endpoints: parameters in the query or form, the client in a Basic header. */
import { type Effect, throughFaults } from "#sandbox/faults.ts";
import { type Exchange, formBody, html, json, type Reply } from "#sandbox/http.ts";
import { basicCredentials, sameText, verifierFits, zoomClient } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";
import {
  issuePair,
  revokeByToken,
  revokeUser,
  rotate,
  spendCode,
  type TokenPair,
  tokenOf,
  voidEarlier,
} from "#sandbox/zoom/tokens.ts";

const failure = (status: number, error: string, reason: string): Reply =>
  json(status, { reason, error });

const deadToken = (error = "invalid_grant") => failure(400, error, "Invalid Token!");

function clientRefusal(world: World, exchange: Exchange): Reply | null {
  const given = basicCredentials(exchange, world.settings.zoomDecodesBasic);
  if (given?.id === zoomClient.id && sameText(given.secret, zoomClient.secret)) return null;
  return failure(401, "invalid_client", "Invalid client_id or client_secret");
}

function parameters(exchange: Exchange): URLSearchParams {
  const type = exchange.headers["content-type"] ?? "";
  const form = type.startsWith("application/x-www-form-urlencoded") ? formBody(exchange) : [];
  return new URLSearchParams([...exchange.url.searchParams, ...form]);
}

function tokenAnswer(world: World, pair: TokenPair): Reply {
  return json(200, {
    access_token: pair.access,
    token_type: "bearer",
    refresh_token: pair.refresh,
    expires_in: 3599,
    scope: tokenOf(world, pair.access)?.scopes.join(" ") ?? "",
    api_url: `${world.url}/zoom`,
  });
}

function exchangeCode(world: World, given: URLSearchParams): Reply {
  const value = given.get("code");
  if (!value) return failure(400, "invalid_request", "The code is missing");
  const code = spendCode(world, value);
  if (!code) return failure(400, "invalid_grant", `Invalid authorization code ${value}`);
  if (given.get("redirect_uri") !== code.redirectUri) {
    return failure(400, "invalid_grant", "Redirect URI mismatch.");
  }
  if (!verifierFits(code.challenge, given.get("code_verifier"))) {
    return failure(400, "invalid_grant", "Invalid code verifier.");
  }
  voidEarlier(world, code.email);
  return tokenAnswer(world, issuePair(world, code.email, code.scopes));
}

function refresh(world: World, given: URLSearchParams): Reply {
  const rotated = rotate(world, given.get("refresh_token") ?? "");
  if (!rotated) return deadToken(world.settings.zoomDeadRefresh);
  return tokenAnswer(world, rotated.pair);
}

function refusal(world: World, given: URLSearchParams, effect: Effect): Reply | undefined {
  const kill = (reply: Reply) => {
    const token = tokenOf(world, given.get("refresh_token"));
    if (token) revokeUser(world, token.email);
    return reply;
  };
  switch (effect) {
    case "refresh_dead":
      return kill(deadToken());
    case "refresh_dead_invalid_request":
      return kill(deadToken("invalid_request"));
    // The shape of these isn't published; each of those that have been seen is here.
    case "refresh_dead_4711":
      return kill(json(400, { code: 4711, message: "Refresh token invalid." }));
    case "refresh_dead_4735":
      return kill(
        json(401, {
          error: "invalid_request",
          errorCode: "4735",
          reason: "The owner of the token does not exist.",
        }),
      );
    case "refresh_dead_4738":
      return kill(failure(400, "4738", "The app was disabled by the account's admin."));
    case "refresh_dead_4741":
      return kill(json(401, { code: 4741, message: "The token has been revoked." }));
    case "client_disabled":
      return json(400, { code: 4717, message: "The app has been disabled." });
    case "unknown_refusal":
      return failure(400, "consent_outdated", "This consent is of an older kind.");
    case "error_with_200":
      return failure(200, "invalid_grant", "Invalid Token!");
    case "invalid_client":
      return failure(401, "invalid_client", "Invalid client_id or client_secret");
    case "invalid_request":
      return failure(400, "invalid_request", "Invalid request");
    case "rate_limited":
      return json(429, { code: 429, message: "Too many requests" });
    case "not_json":
      return html(200, "<html><body>Please wait</body></html>");
    case "server_error":
      return failure(500, "server_error", "Internal error");
    case "unavailable":
      return html(503, "<html><body>Service unavailable</body></html>");
    default:
      return undefined;
  }
}

export async function token(world: World, exchange: Exchange): Promise<Reply> {
  const given = parameters(exchange);
  const wrongClient = clientRefusal(world, exchange);
  if (wrongClient) return wrongClient;
  const type = given.get("grant_type");
  if (type !== "authorization_code" && type !== "refresh_token") {
    return failure(400, "unsupported_grant_type", "Unsupported grant type");
  }
  const refreshing = type === "refresh_token";
  const call = { provider: "zoom", operation: refreshing ? "refresh" : "token" } as const;
  const reply = await throughFaults(
    world.faults,
    call,
    (effect) => refusal(world, given, effect),
    () => (refreshing ? refresh(world, given) : exchangeCode(world, given)),
  );
  return world.log(call, reply);
}

export async function revoke(world: World, exchange: Exchange): Promise<Reply> {
  const wrongClient = clientRefusal(world, exchange);
  if (wrongClient) return wrongClient;
  const given = parameters(exchange);
  const call = { provider: "zoom", operation: "revoke" } as const;
  const reply = await throughFaults(
    world.faults,
    call,
    (effect) => refusal(world, given, effect),
    () =>
      revokeByToken(world, given.get("token") ?? "")
        ? json(200, { status: "success" })
        : deadToken("invalid_request"),
  );
  return world.log(call, reply);
}

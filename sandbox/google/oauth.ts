/** Google's token and revocation endpoints. */
import { type Effect, throughFaults } from "#sandbox/faults.ts";
import { idToken } from "#sandbox/google/identity.ts";
import {
  issueAccess,
  issueRefresh,
  revokeAccount,
  revokeByToken,
  spendCode,
  touchRefreshToken,
} from "#sandbox/google/tokens.ts";
import { type Exchange, formBody, html, json, type Reply } from "#sandbox/http.ts";
import { basicCredentials, googleClient, sameText, verifierFits } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";

const failure = (status: number, error: string, description: string, extra = {}): Reply =>
  json(status, { error, error_description: description, ...extra });

const deadToken = (extra = {}) =>
  failure(400, "invalid_grant", "Token has been expired or revoked.", extra);

function clientRefusal(exchange: Exchange, form: URLSearchParams): Reply | null {
  const basic = basicCredentials(exchange, true);
  const id = basic?.id ?? form.get("client_id") ?? "";
  const secret = basic?.secret ?? form.get("client_secret") ?? "";
  if (id !== googleClient.id)
    return failure(401, "invalid_client", "The OAuth client was not found.");
  if (!sameText(secret, googleClient.secret)) return failure(401, "invalid_client", "Unauthorized");
  return null;
}

interface Granted {
  email: string;
  scopes: string[];
  nonce: string | null;
  refreshToken: string | null;
}

async function tokenAnswer(world: World, granted: Granted): Promise<Reply> {
  const { email, scopes, nonce, refreshToken } = granted;
  const accessToken = issueAccess(world, email, scopes);
  return json(200, {
    access_token: accessToken,
    expires_in: world.settings.googleExpiresIn,
    ...(refreshToken && { refresh_token: refreshToken }),
    scope: scopes.join(" "),
    token_type: "Bearer",
    ...(scopes.includes("openid") && {
      id_token: await idToken(world, { email, scopes, nonce, accessToken }),
    }),
  });
}

async function exchangeCode(world: World, form: URLSearchParams): Promise<Reply> {
  const value = form.get("code");
  if (!value) return failure(400, "invalid_request", "Missing required parameter: code");
  const code = spendCode(world, value);
  if (!code) return failure(400, "invalid_grant", "Malformed auth code.");
  if (form.get("redirect_uri") !== code.redirectUri) {
    return failure(400, "invalid_grant", "Bad Request");
  }
  if (!verifierFits(code.challenge, form.get("code_verifier"))) {
    return failure(400, "invalid_grant", "Invalid code verifier.");
  }
  const { email, scopes, nonce } = code;
  const refreshToken = code.offline ? issueRefresh(world, email, scopes) : null;
  return tokenAnswer(world, { email, scopes, nonce, refreshToken });
}

function refresh(world: World, form: URLSearchParams): Reply | Promise<Reply> {
  const value = form.get("refresh_token");
  if (!value) return failure(400, "invalid_request", "Missing required parameter: refresh_token");
  const token = touchRefreshToken(world, value);
  if (!token) return deadToken();
  const { email, scopes } = token;
  return tokenAnswer(world, { email, scopes, nonce: null, refreshToken: null });
}

/** The ways in which a refresh token turns out to be dead. The grant dies with it. */
function refusal(world: World, form: URLSearchParams, effect: Effect): Reply | undefined {
  const kill = (reply: Reply) => {
    const token = touchRefreshToken(world, form.get("refresh_token") ?? "");
    if (token) revokeAccount(world, token.email);
    return reply;
  };
  switch (effect) {
    case "refresh_dead":
      return kill(deadToken());
    case "refresh_dead_invalid_rapt":
      return kill(
        failure(400, "invalid_grant", "reauth related error (invalid_rapt)", {
          error_uri: "https://support.google.com/a/answer/9368756",
          error_subtype: "invalid_rapt",
        }),
      );
    case "refresh_dead_admin_policy":
      return kill(failure(400, "admin_policy_enforced", "Access was blocked by an administrator."));
    case "client_disabled":
      return failure(401, "deleted_client", "The OAuth client was deleted.");
    case "unknown_refusal":
      return failure(400, "consent_outdated", "This consent is of an older kind.");
    case "error_with_200":
      return failure(200, "invalid_grant", "Token has been expired or revoked.");
    case "invalid_client":
      return failure(401, "invalid_client", "Unauthorized");
    case "invalid_request":
      return failure(400, "invalid_request", "Bad Request");
    case "rate_limited":
      return failure(429, "rate_limit_exceeded", "Rate Limit Exceeded");
    case "not_json":
      return html(200, "<html><body>Please wait</body></html>");
    case "server_error":
      return failure(500, "internal_failure", "Backend Error");
    case "unavailable":
      return failure(503, "temporarily_unavailable", "Backend Error");
    default:
      return undefined;
  }
}

export async function token(world: World, exchange: Exchange): Promise<Reply> {
  const form = formBody(exchange);
  const wrongClient = clientRefusal(exchange, form);
  if (wrongClient) return wrongClient;
  const type = form.get("grant_type");
  if (type !== "authorization_code" && type !== "refresh_token") {
    return failure(400, "unsupported_grant_type", `Invalid grant_type: ${type ?? ""}`);
  }
  const refreshing = type === "refresh_token";
  const call = { provider: "google", operation: refreshing ? "refresh" : "token" } as const;
  const reply = await throughFaults(
    world.faults,
    call,
    (effect) => refusal(world, form, effect),
    () => (refreshing ? refresh(world, form) : exchangeCode(world, form)),
  );
  return world.log(call, reply);
}

/** POST with `token` in the form or the query. Access and refresh tokens are both accepted. */
export async function revoke(world: World, exchange: Exchange): Promise<Reply> {
  const value = formBody(exchange).get("token") ?? exchange.url.searchParams.get("token") ?? "";
  const call = { provider: "google", operation: "revoke" } as const;
  const reply = await throughFaults(
    world.faults,
    call,
    (effect) => refusal(world, new URLSearchParams(), effect),
    () =>
      revokeByToken(world, value)
        ? json(200, {})
        : failure(400, "invalid_token", "Token expired or revoked"),
  );
  return world.log(call, reply);
}

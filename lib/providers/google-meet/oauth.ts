import { decodeJwt } from "jose";
import { ClientSecretPost } from "oauth4webapi";
import { ProviderError } from "#lib/providers/errors.ts";
import { idTokenClaims } from "#lib/providers/google-meet/answers.ts";
import type { GoogleSettings } from "#lib/providers/google-meet/settings.ts";
import { tokenErrorOf } from "#lib/providers/google-meet/tokenErrors.ts";
import { exchange, isSuccess } from "#lib/providers/http.ts";
import type { PermissionsByScope } from "#lib/providers/permissions.ts";
import type { ProviderAccount, TokenSet, VideoProvider } from "#lib/providers/provider.ts";
import type { TokenEndpoint } from "#lib/providers/tokens.ts";

export const permissions = {
  openid: "know_account",
  email: "read_address",
  "https://www.googleapis.com/auth/calendar.events.owned": "write_calendar",
} as const satisfies PermissionsByScope;
export const scopes = Object.keys(permissions);

/** Google returns the short OpenID scope names in their long form. */
const shortScopes: Record<string, string> = {
  "https://www.googleapis.com/auth/userinfo.email": "email",
  "https://www.googleapis.com/auth/userinfo.profile": "profile",
};

export const tokenEndpoint = (google: GoogleSettings): TokenEndpoint => ({
  url: google.tokenUrl,
  clientId: google.credentials.clientId,
  clientAuth: ClientSecretPost(google.credentials.clientSecret),
  // Google documents both forms.
  issuers: ["https://accounts.google.com", "accounts.google.com"],
  askedScopes: scopes,
  tellsAccount: true,
  scopeName: (granted) => shortScopes[granted] ?? granted,
  errorOf: (answer) => tokenErrorOf(answer, google.clock()),
  clock: google.clock,
  deadline: google.deadline,
});

export function authorizationUrl(
  google: GoogleSettings,
  input: Parameters<VideoProvider["authorizationUrl"]>[0],
): URL {
  const url = new URL(google.authUrl);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: google.credentials.clientId,
    redirect_uri: input.redirectUri,
    scope: scopes.join(" "),
    state: input.state,
    code_challenge: input.codeChallenge,
    code_challenge_method: "S256",
    // Without both parameters, a second consent brings no refresh token.
    access_type: "offline",
    prompt: "consent",
    ...(input.loginHint === undefined ? {} : { login_hint: input.loginHint }),
  }).toString();
  return url;
}

/** The id_token came straight from Google's token endpoint, where its claims were checked. */
export function accountOf(tokens: TokenSet): ProviderAccount {
  if (tokens.idToken === null) {
    throw new ProviderError("scope_missing", "Google did not say which account consented");
  }
  const claims = idTokenClaims.safeParse(decodeJwt(tokens.idToken)).data;
  if (!claims) {
    throw new ProviderError("scope_missing", "Google did not say the account's e-mail address");
  }
  return {
    userId: claims.sub,
    email: claims.email,
    name: claims.name ?? null,
    organisationId: claims.hd ?? null,
  };
}

/** Ends every grant of this account for our client, not only the grant of this token. */
export async function revoke(google: GoogleSettings, token: string): Promise<void> {
  const answer = await exchange({
    method: "POST",
    url: new URL(google.revokeUrl),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ token }).toString(),
    deadline: google.deadline(),
  });
  // Google answers with an empty object or with nothing. Anything else doesn't say that the token is dead.
  if (isSuccess(answer) && /^\s*(\{\s*\})?\s*$/.test(answer.text)) return;
  const error = tokenErrorOf(answer, google.clock());
  // 400 `invalid_token`: the token was dead already.
  if (error.code !== "grant_revoked") throw error;
}

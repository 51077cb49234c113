import type { ClientAuth } from "oauth4webapi";
import { apiCall, exchange, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import type { PermissionsByScope } from "#lib/providers/permissions.ts";
import type { Licence, ProviderAccount, VideoProvider } from "#lib/providers/provider.ts";
import type { TokenEndpoint } from "#lib/providers/tokens.ts";
import { revokeAnswer, userAnswer } from "#lib/providers/zoom/answers.ts";
import { apiErrorOf } from "#lib/providers/zoom/errors.ts";
import type { ZoomSettings } from "#lib/providers/zoom/settings.ts";
import { tokenErrorOf } from "#lib/providers/zoom/tokenErrors.ts";

export const permissions = {
  "meeting:write:meeting": "make_meetings",
  "meeting:update:meeting": "change_meetings",
  "meeting:delete:meeting": "delete_meetings",
  "meeting:read:meeting": "read_meetings",
  "meeting:read:list_meetings": "list_meetings",
  "user:read:user": "read_account",
} as const satisfies PermissionsByScope;
export const scopes = Object.keys(permissions);

/** RFC 6749 would percent-encode `_` and `-` first. Zoom documents the plain pair, so we send that. */
const basic = ({ credentials }: ZoomSettings): string =>
  `Basic ${Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64")}`;

const plainBasicAuth =
  (zoom: ZoomSettings): ClientAuth =>
  (_server, _client, _body, headers) => {
    headers.set("authorization", basic(zoom));
  };

export const tokenEndpoint = (zoom: ZoomSettings): TokenEndpoint => ({
  url: `${zoom.oauthUrl}/token`,
  clientId: zoom.credentials.clientId,
  clientAuth: plainBasicAuth(zoom),
  issuers: [new URL(zoom.oauthUrl).origin],
  askedScopes: scopes,
  tellsAccount: false,
  errorOf: (answer) => tokenErrorOf(answer, zoom.clock()),
  clock: zoom.clock,
  deadline: zoom.deadline,
});

/** The request names no scopes: they are configured with the app at Zoom. */
export function authorizationUrl(
  zoom: ZoomSettings,
  input: Parameters<VideoProvider["authorizationUrl"]>[0],
): URL {
  const url = new URL(`${zoom.oauthUrl}/authorize`);
  url.search = new URLSearchParams({
    response_type: "code",
    client_id: zoom.credentials.clientId,
    redirect_uri: input.redirectUri,
    state: input.state,
    code_challenge: input.codeChallenge,
    code_challenge_method: "S256",
  }).toString();
  return url;
}

const licences: Record<number, Licence> = { 1: "basic", 2: "licensed", 3: "licensed" };

export const licenceOf = async (zoom: ZoomSettings, accessToken: string): Promise<Licence | null> =>
  (await account(zoom, accessToken)).licence ?? null;

export async function account(zoom: ZoomSettings, accessToken: string): Promise<ProviderAccount> {
  const answer = await apiCall({
    method: "GET",
    url: new URL(`${zoom.apiUrl}/users/me`),
    accessToken,
    deadline: zoom.deadline(),
  });
  if (!isSuccess(answer)) throw apiErrorOf(answer, "account", zoom.clock());
  const user = parseAnswer(userAnswer, answer);
  const fullName = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return {
    userId: user.id,
    email: user.email,
    name: user.display_name || fullName || null,
    organisationId: user.account_id ?? null,
    licence: licences[user.type ?? 0] ?? null,
  };
}

export async function revoke(zoom: ZoomSettings, token: string): Promise<void> {
  const answer = await exchange({
    method: "POST",
    url: new URL(`${zoom.oauthUrl}/revoke`),
    headers: {
      authorization: basic(zoom),
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ token }).toString(),
    deadline: zoom.deadline(),
  });
  if (isSuccess(answer) && revokeAnswer.safeParse(answer.json).success) return;
  const error = tokenErrorOf(answer, zoom.clock());
  // The token was dead already.
  if (error.code !== "grant_revoked") throw error;
}

/**
 * The token endpoint as both providers use it: authorization code with PKCE, and refresh. The caller creates
 * and checks the state and the verifier; `exchange` does the network.
 */
import { decodeJwt } from "jose";
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { isLoopback } from "#lib/platform/config.ts";
import { believedLifetime } from "#lib/providers/believed.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import { type Answer, exchange, isSuccess } from "#lib/providers/http.ts";
import type { TokenSet } from "#lib/providers/provider.ts";

export interface TokenEndpoint {
  url: string;
  clientId: string;
  clientAuth: oauth.ClientAuth;
  /** The issuers that are accepted in an id_token. The first one stands for the server. */
  issuers: readonly [string, ...string[]];
  /** RFC 6749 §5.1: an answer without `scope` grants what was requested. */
  askedScopes: readonly string[];
  scopeName?: (granted: string) => string;
  /** Whether the account is read from the id_token of an exchange. */
  tellsAccount: boolean;
  errorOf: (answer: Answer) => ProviderError;
  clock: () => Date;
  deadline: () => AbortSignal;
}

/**
 * What we rely on of a token answer. A success without an access token is none. Whatever else is odd is left out:
 * by now the provider may have ended the tokens before these, so an odd lifetime is no reason to lose them.
 */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  // Whatever it is called (Apigee says "BearerToken"), it is sent as one, and is refused there if it is none.
  token_type: z.unknown().transform(() => "bearer"),
  expires_in: z.unknown().transform(believedLifetime),
  refresh_token: z.string().min(1).optional().catch(undefined),
  scope: z
    .union([z.string(), z.array(z.string()).transform((scopes) => scopes.join(" "))])
    .optional()
    .catch(undefined),
  id_token: z.string().min(1).optional().catch(undefined),
});

export async function exchangeCode(
  endpoint: TokenEndpoint,
  input: { code: string; codeVerifier: string; redirectUri: string },
): Promise<TokenSet> {
  const [server, client] = parties(endpoint);
  const callback = oauth.validateAuthResponse(
    server,
    client,
    new URLSearchParams({ code: input.code }),
    oauth.skipStateCheck,
  );
  return tokensFrom(
    endpoint,
    (options) =>
      oauth.authorizationCodeGrantRequest(
        server,
        client,
        endpoint.clientAuth,
        callback,
        input.redirectUri,
        input.codeVerifier,
        options,
      ),
    { tellsAccount: endpoint.tellsAccount },
  );
}

export async function refreshTokens(
  endpoint: TokenEndpoint,
  refreshToken: string,
): Promise<TokenSet> {
  const [server, client] = parties(endpoint);
  return tokensFrom(
    endpoint,
    (options) =>
      oauth.refreshTokenGrantRequest(server, client, endpoint.clientAuth, refreshToken, options),
    { tellsAccount: false },
  );
}

async function tokensFrom(
  endpoint: TokenEndpoint,
  send: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
  { tellsAccount }: { tellsAccount: boolean },
): Promise<TokenSet> {
  let answer: Answer | undefined;
  const response = await send({
    [oauth.allowInsecureRequests]: isLoopback(endpoint.url),
    [oauth.customFetch]: async (url, init) => {
      answer = await exchange({
        method: init.method,
        url: new URL(url),
        headers: init.headers,
        body: String(init.body),
        deadline: endpoint.deadline(),
      });
      // The provider's own table reads error bodies, because Zoom's don't follow RFC 6749.
      if (!isSuccess(answer)) throw endpoint.errorOf(answer);
      const body = tokenAnswer.safeParse(answer.json).data;
      if (!body) throw noTokens(endpoint, answer);
      // An id_token that nobody asks for must not be the reason to lose the tokens beside it.
      return Response.json(tellsAccount ? body : { ...body, id_token: undefined });
    },
  });
  const [server, client] = parties(endpoint, tellsAccount ? issuerOf(answer) : undefined);
  try {
    const granted = await oauth.processGenericTokenEndpointResponse(server, client, response);
    return tokenSet(endpoint, granted);
  } catch (cause) {
    throw unreadable(cause, response.status);
  }
}

/**
 * A success whose body isn't one: a page of a proxy, or an error. It never ends a grant at once, whatever it says,
 * because whoever mixes up the status may mix up more.
 */
function noTokens(endpoint: TokenEndpoint, answer: Answer): ProviderError {
  const { status } = answer;
  const refused = endpoint.errorOf({ ...answer, status: 400 });
  if (refused.operatorKind) return refused;
  const { message, said } = refused;
  if (refused.class !== "wait") {
    return new ProviderError("invalid_request", message, { status, said });
  }
  return unreadable(new Error("it holds no access token"), status);
}

/** Only the message is passed on: the library keeps the whole body, including tokens, in its errors. */
function unreadable(reason: unknown, status: number): ProviderError {
  const why = reason instanceof Error ? reason.message : "unknown";
  return new ProviderError("unavailable", `The token answer could not be read: ${why}`, { status });
}

function tokenSet(endpoint: TokenEndpoint, granted: oauth.TokenEndpointResponse): TokenSet {
  const lifetime = believedLifetime(granted.expires_in);
  const name = endpoint.scopeName ?? ((scope: string) => scope);
  return {
    accessToken: granted.access_token,
    refreshToken: granted.refresh_token ?? null,
    expiresAt: new Date(endpoint.clock().getTime() + lifetime * 1000),
    scopes:
      granted.scope === undefined
        ? [...endpoint.askedScopes]
        : granted.scope
            .split(/[\s,]+/)
            .filter(Boolean)
            .map(name),
    idToken: granted.id_token ?? null,
  };
}

function parties(
  endpoint: TokenEndpoint,
  claimedIssuer?: string,
): [oauth.AuthorizationServer, oauth.Client] {
  const issuer = endpoint.issuers.find((known) => known === claimedIssuer) ?? endpoint.issuers[0];
  const skew = Math.round((endpoint.clock().getTime() - Date.now()) / 1000);
  return [
    { issuer, token_endpoint: endpoint.url },
    { client_id: endpoint.clientId, [oauth.clockSkew]: skew },
  ];
}

function issuerOf(answer: Answer | undefined): string | undefined {
  const body = answer?.json;
  const idToken: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, "id_token") : undefined;
  if (typeof idToken !== "string") return undefined;
  try {
    return decodeJwt(idToken).iss;
  } catch {
    // The library reports what is wrong with the token.
    return undefined;
  }
}

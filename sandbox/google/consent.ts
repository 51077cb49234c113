/**
 * Google's authorization endpoint. GET shows the consent page, and POST to the same address (query included)
 * decides, so that a program consents by posting a form to the authorization URL:
 * `account=<e-mail>&decision=allow` (or `deny`). To grant only a part, add `choose_scopes=1` and one
 * `granted_scope` for each optional scope. An unknown email address creates the account. The answer is a 302.
 */
import { accountsOf } from "#sandbox/accounts.ts";
import { throughFaults } from "#sandbox/faults.ts";
import { LONG_EMAIL_SCOPE, LONG_PROFILE_SCOPE } from "#sandbox/google/identity.ts";
import { grants, issueCode, refreshTokensOf } from "#sandbox/google/tokens.ts";
import { type Exchange, html, type Reply, redirect } from "#sandbox/http.ts";
import { challengeIn, consentIn, googleClient, redirectUriOf } from "#sandbox/oauth.ts";
import { consentPage } from "#sandbox/pages/consent.ts";
import { refusalPage } from "#sandbox/pages/layout.ts";
import type { World } from "#sandbox/world.ts";

const identityScopes = new Set([
  "openid",
  "email",
  "profile",
  LONG_EMAIL_SCOPE,
  LONG_PROFILE_SCOPE,
]);

const words: Record<string, string> = {
  openid: "Know who you are on Google",
  email: "See your e-mail address",
  profile: "See your name",
  "https://www.googleapis.com/auth/calendar.events.owned":
    "See, create, change and delete events on Google calendars you own",
};

interface Request {
  query: URLSearchParams;
  redirectUri: string;
  challenge: { value: string; method: string } | null;
  scopes: string[];
}

const refused = (status: number, error: string, why: string): Reply =>
  html(status, refusalPage(`Access blocked · Error ${status}: ${error}`, why));

function read(world: World, exchange: Exchange): { request: Request } | { refusal: Reply } {
  const query = exchange.url.searchParams;
  if (query.get("client_id") !== googleClient.id) {
    return { refusal: refused(401, "invalid_client", "The OAuth client was not found.") };
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (redirectUri !== redirectUriOf(world, "google")) {
    const why = `The redirect URI is not registered: ${redirectUri}`;
    return { refusal: refused(400, "redirect_uri_mismatch", why) };
  }
  const scopes = (query.get("scope") ?? "").split(" ").filter(Boolean);
  const result = challengeIn(query);
  if (query.get("response_type") !== "code") {
    return { refusal: refused(400, "unsupported_response_type", "Only code is served here.") };
  }
  if (scopes.length === 0) {
    return { refusal: refused(400, "invalid_request", "Missing required parameter: scope") };
  }
  if (result === "invalid") {
    return { refusal: refused(400, "invalid_request", "Invalid code_challenge_method") };
  }
  return { request: { query, redirectUri, scopes, challenge: result.challenge } };
}

function back(request: Request, answer: Record<string, string>): Reply {
  const to = new URL(request.redirectUri);
  const state = request.query.get("state");
  if (state !== null) to.searchParams.set("state", state);
  for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value);
  return redirect(to);
}

function show(world: World, request: Request, problem?: string): Reply {
  return html(
    problem ? 400 : 200,
    consentPage({
      provider: "Google",
      accounts: accountsOf(world, "google").values(),
      loginHint: request.query.get("login_hint"),
      scopes: request.scopes.map((name) => ({
        name,
        words: words[name] ?? name,
        optional: !identityScopes.has(name),
      })),
      ...(problem && { problem }),
    }),
  );
}

/** Google answers with the long names of the sign-in scopes, whichever names were requested. */
function named(world: World, scopes: string[]): string[] {
  if (world.settings.googleScopeNames === "asked") return scopes;
  const long: Record<string, string> = { email: LONG_EMAIL_SCOPE, profile: LONG_PROFILE_SCOPE };
  return [...new Set(scopes.map((scope) => long[scope] ?? scope))];
}

function decide(world: World, exchange: Exchange, request: Request): Reply {
  const consent = consentIn(world, "google", exchange);
  if (!consent) return show(world, request, "Choose an account or give an e-mail address.");
  if (consent === "denied") return back(request, { error: "access_denied" });

  const { email } = consent.account;
  const { query } = request;
  const earlier = grants(world).get(email);
  const ticked = request.scopes.filter(
    (scope) => identityScopes.has(scope) || (consent.ticked?.includes(scope) ?? true),
  );
  const kept = query.get("include_granted_scopes") === "true" ? (earlier?.scopes ?? []) : [];
  const scopes = named(world, [...new Set([...ticked, ...kept])]);
  const forced = (query.get("prompt") ?? "").split(" ").includes("consent");
  const first = refreshTokensOf(world, email).length === 0;
  grants(world).set(email, {
    scopes: [...new Set([...(earlier?.scopes ?? []), ...scopes])],
    at: world.clock().toISOString(),
  });
  const code = issueCode(world, {
    email,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    scopes,
    nonce: query.get("nonce"),
    offline: query.get("access_type") === "offline" && (first || forced),
  });
  return back(request, { code, scope: scopes.join(" "), authuser: "0", prompt: "consent" });
}

/** Answers GET of the authorization URL. */
export function showConsent(world: World, exchange: Exchange): Reply {
  const result = read(world, exchange);
  if ("refusal" in result) return result.refusal;
  if (result.request.query.get("prompt") === "none") {
    return back(result.request, { error: "interaction_required" });
  }
  return show(world, result.request);
}

/** Answers POST of the consent form. */
export function takeConsent(world: World, exchange: Exchange): Promise<Reply> {
  const call = { provider: "google", operation: "authorize" } as const;
  return throughFaults(
    world.faults,
    call,
    (effect) => {
      const result = read(world, exchange);
      if ("refusal" in result) return result.refusal;
      if (effect === "deny") return back(result.request, { error: "access_denied" });
      if (effect === "server_error") return back(result.request, { error: "server_error" });
      return effect === "unavailable" ? refused(503, "unavailable", "Try again later.") : undefined;
    },
    () => {
      const result = read(world, exchange);
      return "refusal" in result ? result.refusal : decide(world, exchange, result.request);
    },
  );
}

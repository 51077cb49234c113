/**
 * Zoom's authorization endpoint. GET shows the consent page, and POST to the same address (query included)
 * decides, so that a program consents by posting a form to the authorization URL:
 * `account=<e-mail>&decision=allow` (or `deny`). With `choose_scopes=1` only the given `granted_scope` values
 * are granted. An unknown email address creates the account. The answer is a 302.
 */
import { accountsOf } from "#sandbox/accounts.ts";
import { throughFaults } from "#sandbox/faults.ts";
import { type Exchange, html, type Reply, redirect } from "#sandbox/http.ts";
import { challengeIn, consentIn, redirectUriOf, zoomClient } from "#sandbox/oauth.ts";
import { consentPage } from "#sandbox/pages/consent.ts";
import { refusalPage } from "#sandbox/pages/layout.ts";
import type { World } from "#sandbox/world.ts";
import { issueCode } from "#sandbox/zoom/tokens.ts";

/** The scopes that the app is registered with, in the words of the consent page. */
const scopeWords: Record<string, string> = {
  "meeting:write:meeting": "Create a meeting for you",
  "meeting:update:meeting": "Change your meetings",
  "meeting:delete:meeting": "Delete your meetings",
  "meeting:read:meeting": "View one of your meetings",
  "meeting:read:list_meetings": "View the list of your meetings",
  "user:read:user": "View your user information",
};
const appScopes = Object.keys(scopeWords);
/** Scopes that Zoom knows but grants only to apps that request them. */
const furtherScopes = ["meeting:update:status"];

interface Request {
  query: URLSearchParams;
  redirectUri: string;
  challenge: { value: string; method: string } | null;
  scopes: string[];
}

const refused = (code: string, why: string): Reply =>
  html(400, refusalPage("Zoom could not go on", `${why} (${code})`));

function read(world: World, exchange: Exchange): { request: Request } | { refusal: Reply } {
  const query = exchange.url.searchParams;
  if (query.get("client_id") !== zoomClient.id) {
    return { refusal: refused("4,700", `Invalid client_id: ${query.get("client_id") ?? ""}`) };
  }
  const redirectUri = query.get("redirect_uri") ?? "";
  if (redirectUri !== redirectUriOf(world, "zoom")) {
    return { refusal: refused("4,709", `Redirect URI mismatch: ${redirectUri}`) };
  }
  const result = challengeIn(query);
  if (query.get("response_type") !== "code" || result === "invalid") {
    return { refusal: refused("4,700", "Invalid response_type or code_challenge_method") };
  }
  // By default an app requests all scopes that it is registered with. A `scope` in the query replaces them.
  const asked = (query.get("scope") ?? "").split(" ").filter(Boolean);
  const unknown = asked.find((scope) => ![...appScopes, ...furtherScopes].includes(scope));
  if (unknown) return { refusal: refused("4,711", `Invalid scope: ${unknown}`) };
  const scopes = asked.length > 0 ? asked : appScopes;
  return { request: { query, redirectUri, challenge: result.challenge, scopes } };
}

function back(request: Request, answer: Record<string, string>): Reply {
  const to = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) to.searchParams.set(name, value);
  const state = request.query.get("state");
  if (state !== null) to.searchParams.set("state", state);
  return redirect(to);
}

function show(world: World, request: Request, problem?: string): Reply {
  return html(
    problem ? 400 : 200,
    consentPage({
      provider: "Zoom",
      accounts: accountsOf(world, "zoom").values(),
      loginHint: request.query.get("login_hint"),
      scopes: request.scopes.map((name) => ({
        name,
        words: scopeWords[name] ?? name,
        optional: false,
      })),
      ...(problem && { problem }),
    }),
  );
}

function decide(world: World, exchange: Exchange, request: Request): Reply {
  const consent = consentIn(world, "zoom", exchange);
  if (!consent) return show(world, request, "Choose an account or give an e-mail address.");
  if (consent === "denied") return back(request, { error: "access_denied" });
  const code = issueCode(world, {
    email: consent.account.email,
    redirectUri: request.redirectUri,
    challenge: request.challenge,
    scopes: request.scopes.filter((scope) => consent.ticked?.includes(scope) ?? true),
  });
  return back(request, { code });
}

/** Answers GET of the authorization URL. */
export function showConsent(world: World, exchange: Exchange): Reply {
  const result = read(world, exchange);
  return "refusal" in result ? result.refusal : show(world, result.request);
}

/** Answers POST of the consent form. */
export function takeConsent(world: World, exchange: Exchange): Promise<Reply> {
  const result = read(world, exchange);
  if ("refusal" in result) return Promise.resolve(result.refusal);
  const { request } = result;
  return throughFaults(
    world.faults,
    { provider: "zoom", operation: "authorize" },
    (effect) => {
      if (effect === "deny") return back(request, { error: "access_denied" });
      if (effect === "server_error") return back(request, { error: "server_error" });
      return effect === "unavailable" ? refused("5,000", "Zoom is unavailable") : undefined;
    },
    () => decide(world, exchange, request),
  );
}

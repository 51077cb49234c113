/** What the authorization endpoints of both providers have in common. */
import { createHash, timingSafeEqual } from "node:crypto";
import { type Account, accountFor, emailSchema } from "#sandbox/accounts.ts";
import type { ProviderName } from "#sandbox/faults.ts";
import { type Exchange, formBody } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";

export interface Client {
  id: string;
  secret: string;
}

/** Neither the id nor the secret opens anything outside this machine. */
export const googleClient: Client = {
  id: "458209117346-segue_sandbox.apps.googleusercontent.com",
  secret: "SANDBOX-google_client-secret",
};

/** The `_` and `-` are deliberate: strict OAuth libraries percent-encode them inside a Basic header. */
export const zoomClient: Client = {
  id: "sandbox_Zoom-Client_01",
  secret: "sandbox-zoom_client-secret",
};

export const redirectUriOf = (world: World, provider: ProviderName): string =>
  `${world.appUrl}/api/auth/${provider}/callback`;

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** PKCE: a `null` challenge means that none was sent, and then no verifier is expected. */
export function verifierFits(
  challenge: { value: string; method: string } | null,
  verifier: string | null,
): boolean {
  if (!challenge) return true;
  if (!verifier) return false;
  const made =
    challenge.method === "plain"
      ? verifier
      : createHash("sha256").update(verifier).digest("base64url");
  return sameText(made, challenge.value);
}

export type ChallengeResult = { challenge: { value: string; method: string } | null } | "invalid";

/** Reads `code_challenge` and its method. A method that neither provider knows is invalid. */
export function challengeIn(query: URLSearchParams): ChallengeResult {
  const value = query.get("code_challenge");
  if (!value) return { challenge: null };
  const method = query.get("code_challenge_method") ?? "plain";
  return method === "S256" || method === "plain" ? { challenge: { value, method } } : "invalid";
}

/** Credentials from a Basic header. `decode` reverses the form encoding that RFC 6749 asks for. */
export function basicCredentials(exchange: Exchange, decode: boolean): Client | null {
  const encoded = /^Basic (\S+)$/i.exec(exchange.headers.authorization ?? "")?.[1];
  if (!encoded) return null;
  const plain = Buffer.from(encoded, "base64").toString("utf8");
  const colon = plain.indexOf(":");
  if (colon < 0) return null;
  const [id, secret] = [plain.slice(0, colon), plain.slice(colon + 1)];
  if (!decode) return { id, secret };
  try {
    return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
  } catch {
    return { id, secret };
  }
}

export interface Consent {
  account: Account;
  /** The scopes that were ticked. Null if the form offered no choice, which grants all of them. */
  ticked: string[] | null;
}

/**
 * Reads a consent form. `account` is an email address (or `other`, with the address in `email`), and
 * `decision` is `allow` or `deny`. With `choose_scopes=1` only the given `granted_scope` values count. Null
 * if no usable address was chosen; who denies needn't choose one.
 */
export function consentIn(
  world: World,
  provider: ProviderName,
  exchange: Exchange,
): Consent | "denied" | null {
  const form = formBody(exchange);
  if (form.get("decision") !== "allow") return "denied";
  const chosen = form.get("account") ?? "";
  const typed = chosen === "other" || chosen === "" ? (form.get("email") ?? "") : chosen;
  const email = emailSchema.safeParse(typed.trim());
  if (!email.success) return null;
  return {
    account: accountFor(world, provider, email.data),
    ticked: form.get("choose_scopes") === "1" ? form.getAll("granted_scope") : null,
  };
}

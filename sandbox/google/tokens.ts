/**
 * Google's codes and tokens. A grant belongs to the Google account and the whole project: however often a
 * person consented, revoking any one of their tokens ends all of them.
 */
import { randomBytes } from "node:crypto";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

const DAY = 86_400_000;
const REFRESH_TOKENS_KEPT = 100;
const IDLE_DAYS = 183;
const TESTING_DAYS = 7;
const CODE_LIFE = 600_000;

export interface GoogleCode {
  email: string;
  redirectUri: string;
  challenge: { value: string; method: string } | null;
  scopes: string[];
  nonce: string | null;
  /** Whether the exchange hands out a refresh token. */
  offline: boolean;
  expiresAt: string;
}

export interface GoogleToken {
  kind: "access" | "refresh";
  email: string;
  scopes: string[];
  issuedAt: string;
  usedAt: string;
  /** Access tokens only. */
  expiresAt: string | null;
}

const googleCodes = (world: World): Collection<GoogleCode> =>
  world.journal.collection<GoogleCode>("google.codes");

const tokens = (world: World): Collection<GoogleToken> =>
  world.journal.collection<GoogleToken>("google.tokens");

const random = (bytes: number) => randomBytes(bytes).toString("base64url");

export function issueCode(world: World, code: Omit<GoogleCode, "expiresAt">): string {
  // The slash is Google's. A client that forgets to encode a code fails here.
  const value = `4/0${random(32)}`;
  const expiresAt = new Date(world.clock().getTime() + CODE_LIFE).toISOString();
  googleCodes(world).set(value, { ...code, expiresAt });
  return value;
}

/** Returns what the code stands for, once; undefined if the code is unknown, used or too old. */
export function spendCode(world: World, value: string): GoogleCode | undefined {
  const code = googleCodes(world).get(value);
  googleCodes(world).delete(value);
  return code && new Date(code.expiresAt) > world.clock() ? code : undefined;
}

function put(world: World, value: string, token: Pick<GoogleToken, "kind" | "email" | "scopes">) {
  const now = world.clock();
  const life = world.settings.googleExpiresIn * 1_000;
  const at = now.toISOString();
  tokens(world).set(value, {
    ...token,
    issuedAt: at,
    usedAt: at,
    expiresAt: token.kind === "access" ? new Date(now.getTime() + life).toISOString() : null,
  });
  return value;
}

export function issueAccess(world: World, email: string, scopes: string[]): string {
  for (const [value, token] of tokens(world).entries()) {
    if (token.expiresAt && new Date(token.expiresAt) <= world.clock()) tokens(world).delete(value);
  }
  return put(world, `ya29.${random(96)}`, { kind: "access", email, scopes });
}

/** When an account has more than 100 living refresh tokens, the oldest silently dies. */
export function issueRefresh(world: World, email: string, scopes: string[]): string {
  const value = put(world, `1//0${random(64)}`, { kind: "refresh", email, scopes });
  const living = refreshTokensOf(world, email);
  for (const [oldest] of living.slice(0, Math.max(0, living.length - REFRESH_TOKENS_KEPT))) {
    tokens(world).delete(oldest);
  }
  return value;
}

export const refreshTokensOf = (world: World, email: string): [string, GoogleToken][] =>
  tokens(world)
    .entries()
    .filter(([, token]) => token.kind === "refresh" && token.email === email);

/** Null if the token is missing, unknown or expired. */
export function accessToken(world: World, value: string | null): GoogleToken | null {
  const token = value === null ? undefined : tokens(world).get(value);
  if (token?.kind !== "access" || !token.expiresAt) return null;
  return new Date(token.expiresAt) > world.clock() ? token : null;
}

/** The refresh token if it is still alive. Using it keeps it alive for another six months. */
export function touchRefreshToken(world: World, value: string): GoogleToken | null {
  const token = tokens(world).get(value);
  if (token?.kind !== "refresh") return null;
  const now = world.clock().getTime();
  const idle = now - new Date(token.usedAt).getTime() > IDLE_DAYS * DAY;
  const age = now - new Date(token.issuedAt).getTime();
  const tested = world.settings.googleConsentScreen === "testing" && age > TESTING_DAYS * DAY;
  if (idle || tested) {
    tokens(world).delete(value);
    return null;
  }
  const used = { ...token, usedAt: world.clock().toISOString() };
  tokens(world).set(value, used);
  return used;
}

/** Ends every grant of the account that this token belongs to. False if no such token is known. */
export function revokeByToken(world: World, value: string): boolean {
  const token = tokens(world).get(value);
  if (!token) return false;
  revokeAccount(world, token.email);
  return true;
}

export function revokeAccount(world: World, email: string): void {
  for (const [value, token] of tokens(world).entries()) {
    if (token.email === email) tokens(world).delete(value);
  }
  grants(world).delete(email);
}

/** Makes every access token unusable, as if its hour had passed. */
export function expireAccessTokens(world: World): void {
  for (const [value, token] of tokens(world).entries()) {
    if (token.kind === "access") tokens(world).delete(value);
  }
}

/** What an account has consented to so far. First consents and `include_granted_scopes` depend on it. */
export interface GoogleGrant {
  scopes: string[];
  at: string;
}

export const grants = (world: World): Collection<GoogleGrant> =>
  world.journal.collection<GoogleGrant>("google.grants");

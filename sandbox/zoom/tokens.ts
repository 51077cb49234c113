/**
 * Zoom's codes and tokens: one living grant per user and app. A token goes `living → rotated | voided |
 * revoked`. A refresh rotates, a new consent voids all earlier tokens, and dead tokens are remembered so that
 * each can be refused in its own words.
 */
import { randomBytes } from "node:crypto";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

const CODE_LIFE = 300_000;
const ACCESS_LIFE = 3_600_000;
const REFRESH_LIFE = 90 * 86_400_000;

export interface ZoomCode {
  email: string;
  redirectUri: string;
  challenge: { value: string; method: string } | null;
  scopes: string[];
  expiresAt: string;
}

export interface ZoomToken {
  kind: "access" | "refresh";
  email: string;
  scopes: string[];
  state: "living" | "rotated" | "voided" | "revoked";
  expiresAt: string;
}

const codes = (world: World): Collection<ZoomCode> =>
  world.journal.collection<ZoomCode>("zoom.codes");

const tokens = (world: World): Collection<ZoomToken> =>
  world.journal.collection<ZoomToken>("zoom.tokens");

const random = (bytes: number) => randomBytes(bytes).toString("base64url");
const later = (world: World, ms: number) => new Date(world.clock().getTime() + ms).toISOString();

export function issueCode(world: World, code: Omit<ZoomCode, "expiresAt">): string {
  const value = random(32);
  codes(world).set(value, { ...code, expiresAt: later(world, CODE_LIFE) });
  return value;
}

/** Returns what the code stands for, once; undefined if it is unknown, used or older than five minutes. */
export function spendCode(world: World, value: string): ZoomCode | undefined {
  const code = codes(world).get(value);
  codes(world).delete(value);
  return code && new Date(code.expiresAt) > world.clock() ? code : undefined;
}

export interface TokenPair {
  access: string;
  refresh: string;
}

/** Makes tokens as long as Zoom's own, which exceed short columns and header limits. */
export function issuePair(world: World, email: string, scopes: string[]): TokenPair {
  forgetOld(world);
  const access = `eyJ${random(420)}`;
  const refresh = `eyJ${random(420)}`;
  const common = { email, scopes, state: "living" } as const;
  tokens(world).set(access, { ...common, kind: "access", expiresAt: later(world, ACCESS_LIFE) });
  tokens(world).set(refresh, { ...common, kind: "refresh", expiresAt: later(world, REFRESH_LIFE) });
  return { access, refresh };
}

function forgetOld(world: World): void {
  for (const [value, token] of tokens(world).entries()) {
    if (new Date(token.expiresAt) <= world.clock()) tokens(world).delete(value);
  }
}

function end(world: World, email: string, state: ZoomToken["state"], kind?: ZoomToken["kind"]) {
  for (const [value, token] of tokens(world).entries()) {
    const meant = token.email === email && (kind === undefined || token.kind === kind);
    if (meant && token.state === "living") tokens(world).set(value, { ...token, state });
  }
}

/** Voids all earlier tokens of the user, as a new consent does. */
export const voidEarlier = (world: World, email: string): void => end(world, email, "voided");

export const revokeUser = (world: World, email: string): void => end(world, email, "revoked");

/** Replaces a living refresh token, which dies by being used. Null if the token isn't a living one. */
export function rotate(world: World, value: string): { email: string; pair: TokenPair } | null {
  const token = tokens(world).get(value);
  if (token?.kind !== "refresh" || token.state !== "living") return null;
  if (new Date(token.expiresAt) <= world.clock()) return null;
  tokens(world).set(value, { ...token, state: "rotated" });
  return { email: token.email, pair: issuePair(world, token.email, token.scopes) };
}

export function tokenOf(world: World, value: string | null): ZoomToken | undefined {
  return value === null ? undefined : tokens(world).get(value);
}

/** Ends the grant that this token belongs to. False if no such token is alive. */
export function revokeByToken(world: World, value: string): boolean {
  const token = tokens(world).get(value);
  if (token?.state !== "living") return false;
  revokeUser(world, token.email);
  return true;
}

/** Makes every access token unusable, as if its hour had passed. */
export function expireAccessTokens(world: World): void {
  for (const [value, token] of tokens(world).entries()) {
    if (token.kind === "access") tokens(world).delete(value);
  }
}

/** The users who have a living grant, with its scopes. */
export function livingGrants(world: World): { email: string; scopes: string[] }[] {
  return tokens(world)
    .values()
    .filter((token) => token.kind === "refresh" && token.state === "living")
    .filter((token) => new Date(token.expiresAt) > world.clock())
    .map(({ email, scopes }) => ({ email, scopes }));
}

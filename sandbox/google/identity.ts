/** The signing key, the RS256 id_tokens made with it, the certificates, and userinfo. */
import { createHash } from "node:crypto";
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import { accountFor } from "#sandbox/accounts.ts";
import { accessToken } from "#sandbox/google/tokens.ts";
import { bearer, type Exchange, json, type Reply } from "#sandbox/http.ts";
import { googleClient } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";

const keys = (world: World) => world.journal.collection<JWK>("google.keys");

/** The key in the journal, or on the first start a new one that the caller must store. */
export async function findOrMakeKey(world: World): Promise<JWK> {
  const known = keys(world).get("signing");
  if (known) return known;
  const pair = await generateKeyPair("RS256", { extractable: true });
  const kid = createHash("sha256").update(JSON.stringify(await exportJWK(pair.publicKey)));
  return {
    ...(await exportJWK(pair.privateKey)),
    kid: kid.digest("hex").slice(0, 40),
    alg: "RS256",
    use: "sig",
  };
}

export const keepKey = (world: World, key: JWK): void => keys(world).set("signing", key);

function signingKey(world: World): JWK {
  const key = keys(world).get("signing");
  if (!key) throw new Error("The sandbox has no signing key.");
  return key;
}

export function certificates(world: World): Reply {
  const { kty, n, e, kid, alg, use } = signingKey(world);
  return json(200, { keys: [{ kty, n, e, kid, alg, use }] });
}

export const LONG_EMAIL_SCOPE = "https://www.googleapis.com/auth/userinfo.email";
export const LONG_PROFILE_SCOPE = "https://www.googleapis.com/auth/userinfo.profile";

/** The key in the older form that Google's Node library requests: PEM by key id. */
export async function pemCertificates(world: World): Promise<Reply> {
  const { kty, n, e, kid } = signingKey(world);
  const key = await importJWK({ kty, n, e } as JWK, "RS256", { extractable: true });
  return json(200, { [kid ?? ""]: await exportSPKI(key as CryptoKey) });
}

const allows = (scopes: string[], ...names: string[]) =>
  names.some((name) => scopes.includes(name));

export async function idToken(
  world: World,
  of: { email: string; scopes: string[]; nonce: string | null; accessToken: string },
): Promise<string> {
  const account = accountFor(world, "google", of.email);
  const key = signingKey(world);
  const hash = createHash("sha256").update(of.accessToken).digest().subarray(0, 16);
  const issued = Math.floor(world.clock().getTime() / 1_000);
  return new SignJWT({
    azp: googleClient.id,
    ...(allows(of.scopes, "email", LONG_EMAIL_SCOPE) && {
      email: account.email,
      email_verified: true,
    }),
    ...(allows(of.scopes, "profile", LONG_PROFILE_SCOPE) && { name: account.name }),
    ...(of.nonce && { nonce: of.nonce }),
    at_hash: hash.toString("base64url"),
  })
    .setProtectedHeader({ alg: "RS256", kid: key.kid ?? "", typ: "JWT" })
    .setIssuer("https://accounts.google.com")
    .setAudience(googleClient.id)
    .setSubject(account.id)
    .setIssuedAt(issued)
    .setExpirationTime(issued + 3_600)
    .sign(await importJWK(key, "RS256"));
}

/** `oauth2/v2/userinfo`. Email address and name appear only with the scopes for them. */
export function userinfo(world: World, exchange: Exchange): Reply {
  const token = accessToken(world, bearer(exchange));
  if (!token) {
    return json(401, {
      error: { code: 401, message: "Invalid Credentials", status: "UNAUTHENTICATED" },
    });
  }
  const account = accountFor(world, "google", token.email);
  const withEmail = allows(token.scopes, "email", LONG_EMAIL_SCOPE);
  const withName = allows(token.scopes, "profile", LONG_PROFILE_SCOPE);
  return json(200, {
    id: account.id,
    ...(withEmail && { email: account.email, verified_email: true }),
    ...(withName && { name: account.name }),
  });
}

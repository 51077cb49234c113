import { expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { cookies, renamed as renamedIn } from "./sessionCookie.ts";

const https = "https://segue.example";
const old = "__Secure-better-auth.session_token";
const present = "__Host-better-auth.session_token";
const clear = `${old}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`;
const set = (value: string) =>
  `${present}=${value}; Max-Age=2592000; Path=/; HttpOnly; Secure; SameSite=Lax`;

/** At the end of the year in which the name changed, unless the test says otherwise. */
function renamed(appUrl: string, cookie: string | null, isSigningIn: boolean, at = "2026-12-31") {
  const config = parseConfig({
    APP_URL: appUrl,
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  });
  return renamedIn({ config, clock: () => new Date(at) }, cookie, isSigningIn);
}

test("only an address with https has the name and the attribute of https", () => {
  expect(cookies(https)).toMatchObject({
    cookiePrefix: "__Host-better-auth",
    defaultCookieAttributes: { secure: true, path: "/" },
  });
  expect(cookies("http://localhost:3000")).toMatchObject({
    cookiePrefix: "better-auth",
    defaultCookieAttributes: { secure: false },
  });
});

test("whoever comes with the former cookie goes on, under the new name", () => {
  expect(renamed(https, `a=1; ${old}=t.s%3D; b=2`, false)).toEqual({
    cookie: `a=1; b=2; ${present}=t.s%3D`,
    answer: [set("t.s%3D"), clear],
  });
});

test("the new cookie counts where both are sent, and the former one is cleared", () => {
  for (const header of [`${old}=old; ${present}=new`, `${present}=new; ${old}=old`]) {
    expect(renamed(https, header, false)).toEqual({ cookie: `${present}=new`, answer: [clear] });
  }
});

test("signing in or out sets the cookie itself, so the former one is only cleared", () => {
  expect(renamed(https, `${old}=t`, true)).toEqual({ cookie: `${present}=t`, answer: [clear] });
});

test("there is nothing to rename on plain http, without a cookie, or with the new one alone", () => {
  expect(renamed("http://localhost:3000", `${old}=t`, false)).toBeNull();
  expect(renamed(https, null, false)).toBeNull();
  expect(renamed(https, `${present}=t; other=${old}`, false)).toBeNull();
});

test("from February 2027 on the former cookie opens nothing: any host of the domain can set one", () => {
  const cleared = { cookie: "a=1", answer: [clear] };
  expect(renamed(https, `a=1; ${old}=t`, false, "2027-02-01")).toEqual(cleared);
  expect(renamed(https, `a=1; ${old}=t`, true, "2030-01-01")).toEqual(cleared);
  expect(renamed(https, `${old}=t`, false, "2027-01-31T23:59:59Z")?.cookie).toBe(`${present}=t`);
});

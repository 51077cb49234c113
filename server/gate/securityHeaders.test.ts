import { expect, test } from "vitest";
import { securityHeaders } from "./securityHeaders.ts";

function directives(nonce: string | null, isDevelopment = false): Record<string, string> {
  const policy = securityHeaders(nonce, { isHttps: true, isDevelopment })[
    "content-security-policy"
  ];
  return Object.fromEntries(
    (policy ?? "").split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );
}

test("a page runs only what carries its nonce, and reaches only this site", () => {
  expect(directives("abc")).toEqual({
    "default-src": "'none'",
    "script-src": "'self' 'nonce-abc' 'strict-dynamic'",
    "style-src": "'self' 'nonce-abc'",
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
  });
});

test("code is evaluated in development only", () => {
  expect(directives("abc", true)["script-src"]).toContain("'unsafe-eval'");
  expect(JSON.stringify(directives("abc"))).not.toContain("unsafe-eval");
});

test("what is no page shows nothing and does nothing", () => {
  expect(directives(null)).toEqual({
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
  });
});

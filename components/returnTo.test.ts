import { describe, expect, it } from "vitest";
import { returnTo, withReturn } from "./returnTo.ts";

describe("returnTo", () => {
  it.each(["/sessions", "/tutor/video-setup?success=true&migrated=5", "/sessions/1/join#top", "/"])(
    "leads back to %s",
    (path) => {
      expect(returnTo(path, "/fallback")).toBe(path);
    },
  );

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/%2f/evil.example",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%252fevil.example",
    "/%09/evil.example",
    "/./\\evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "",
    undefined,
    ["/sessions"],
  ])("never leads to another site: %j", (value) => {
    expect(returnTo(value, "/fallback")).toBe("/fallback");
  });

  it.each([
    "/api/auth/google",
    "/api",
    "/api?x",
    "/API/auth/google",
    "/%61pi/auth/google",
    "/%2561pi/auth/google",
    "/%41PI/",
    "/api%2Fauth%2Fgoogle",
    "/sessions/../api/auth/google",
    "/sessions/%2e%2e/api/auth/google",
    "/sessions/..%2Fapi/auth/google",
    "/sessions/..%252Fapi",
    "/./api/",
    "/.%2Fapi/",
  ])("never leads to what only a press on a page may begin: %s", (value) => {
    expect(returnTo(value, "/fallback")).toBe("/fallback");
  });

  it.each([
    "/a%00b",
    "/a%250Ab",
    "/a%7F",
    "/a\u0085b",
    "/%C3",
    "/%zz",
    "/a/%5c%5cevil",
    "/a%252525252525252525",
  ])("never leads to an address that can't be read: %j", (value) => {
    expect(returnTo(value, "/fallback")).toBe("/fallback");
  });

  it.each([
    "/apiary",
    "/support?who=a%40b.example",
    "/sessions?view=week#api",
    "/b%C3%BCcher",
    "/a%3Fb?c=/api/",
  ])("leads to a page whose address only looks alike: %s", (value) => {
    expect(returnTo(value, "/fallback")).toBe(value);
  });

  it("carries a whole address with its query", () => {
    expect(withReturn("/sign-in", "/a?b=c&d=e")).toBe("/sign-in?returnTo=%2Fa%3Fb%3Dc%26d%3De");
    expect(withReturn("/sign-in", "/")).toBe("/sign-in");
  });
});

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

  it("carries a whole address with its query", () => {
    expect(withReturn("/sign-in", "/a?b=c&d=e")).toBe("/sign-in?returnTo=%2Fa%3Fb%3Dc%26d%3De");
    expect(withReturn("/sign-in", "/")).toBe("/sign-in");
  });
});

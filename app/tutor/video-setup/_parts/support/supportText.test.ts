import { expect, test } from "vitest";
import { wordsFor } from "#lib/platform/words.ts";
import type { ConnectionView } from "#lib/services/switching/views.ts";
import { type Facts, supportText } from "./supportText.ts";

const connection: ConnectionView = {
  provider: "zoom",
  label: "Zoom",
  status: "needs_reconnect",
  account: { email: "tara@tutors.example", name: null },
  connectedAt: "2027-01-04T09:00:00.000Z",
  updatedAt: "2027-01-04T09:00:00.000Z",
  error: { code: "grant_revoked", detail: "Invalid Token!" },
  pausedUntil: null,
  tooLong: null,
  missingScopes: [],
  missingPermissions: [],
  lacksPermission: false,
  operatorTrouble: null,
};
const facts: Facts = {
  tutorId: "t1",
  connection,
  migration: null,
  time: "2027-01-04T10:00:00.000Z",
  browser: "Browser/1.0",
};

test("before anything has moved it still says who, where, why and when", () => {
  expect(supportText(wordsFor("en", "videoSetup.support"), facts)).toBe(
    [
      "Segue support details",
      "Tutor: t1",
      "Provider: zoom, needs_reconnect",
      "Change: none",
      "Lessons affected: none",
      "Errors: zoom: grant_revoked “Invalid Token!”",
      "Time: 2027-01-04T10:00:00.000Z",
      "Browser: Browser/1.0",
    ].join("\n"),
  );
});

test("without any connection there is nothing to name", () => {
  const text = supportText(wordsFor("de", "videoSetup.support"), { ...facts, connection: null });
  expect(text).toContain("Anbieter: keine");
  expect(text).toContain("Fehler: keine");
});

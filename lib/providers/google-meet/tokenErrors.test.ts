import { expect, test } from "vitest";
import { tokenErrorOf } from "#lib/providers/google-meet/tokenErrors.ts";
import { NOW } from "#lib/providers/testServer.ts";

const answer = (status: number, json: unknown) => ({
  status,
  headers: new Headers(),
  text: "",
  json,
});

test.each<[number, string, string]>([
  [400, "invalid_grant", "grant_revoked"],
  [401, "unauthorized_client", "client_refused"],
  [403, "disabled_client", "client_refused"],
  [400, "consent_outdated", "invalid_request"],
  [403, "invalid_grant", "invalid_request"],
  [403, "rate_limit_exceeded", "unavailable"],
  [400, "temporarily_unavailable", "unavailable"],
  [400, "Bad Request", "unavailable"],
  [400, "bad_request", "unavailable"],
  [404, "invalid_grant", "unavailable"],
  [425, "invalid_grant", "unavailable"],
])("%i %s means %s", (status, error, code) => {
  expect(tokenErrorOf(answer(status, { error }), NOW)).toMatchObject({ code });
});

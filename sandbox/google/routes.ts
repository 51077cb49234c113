/** The routes of the Google stand-in. */
import { showConsent, takeConsent } from "#sandbox/google/consent.ts";
import { type EventOperation, events } from "#sandbox/google/events.ts";
import { certificates, pemCertificates, userinfo } from "#sandbox/google/identity.ts";
import { revoke, token } from "#sandbox/google/oauth.ts";
import type { Router } from "#sandbox/http.ts";
import { googleClient } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";

export function googleRoutes(router: Router, world: World): void {
  const collection = "/google/calendar/v3/calendars/:calendarId/events";
  const calendar = (method: string, path: string, operation: EventOperation) =>
    router.on(method, path, (exchange) => events(world, operation, exchange));

  router
    .on("GET", "/google/o/oauth2/v2/auth", (exchange) => showConsent(world, exchange))
    .on("POST", "/google/o/oauth2/v2/auth", (exchange) => takeConsent(world, exchange))
    .on("POST", "/google/token", (exchange) => token(world, exchange))
    .on("POST", "/google/revoke", (exchange) => revoke(world, exchange))
    .on("GET", "/google/oauth2/v1/certs", () => pemCertificates(world))
    .on("GET", "/google/oauth2/v3/certs", () => certificates(world))
    .on("GET", "/google/oauth2/v2/userinfo", (exchange) => userinfo(world, exchange));
  calendar("POST", collection, "create");
  calendar("GET", collection, "list");
  calendar("GET", `${collection}/:eventId`, "get");
  calendar("PATCH", `${collection}/:eventId`, "update");
  calendar("DELETE", `${collection}/:eventId`, "delete");
}

export const googleEnv = (url: string): Record<string, string> => ({
  GOOGLE_CLIENT_ID: googleClient.id,
  GOOGLE_CLIENT_SECRET: googleClient.secret,
  GOOGLE_AUTH_URL: `${url}/google/o/oauth2/v2/auth`,
  GOOGLE_TOKEN_URL: `${url}/google/token`,
  GOOGLE_REVOKE_URL: `${url}/google/revoke`,
  GOOGLE_API_URL: `${url}/google`,
});

/** The routes of the Zoom stand-in. */
import type { Router } from "#sandbox/http.ts";
import { zoomClient } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";
import { showConsent, takeConsent } from "#sandbox/zoom/consent.ts";
import { SecondLimits } from "#sandbox/zoom/limits.ts";
import { type MeetingOperation, meetings } from "#sandbox/zoom/meetings.ts";
import { revoke, token } from "#sandbox/zoom/oauth.ts";
import { webhookSecret } from "#sandbox/zoom/webhooks.ts";

export function zoomRoutes(router: Router, world: World): void {
  const limits = new SecondLimits();
  const api = (method: string, path: string, operation: MeetingOperation) =>
    router.on(method, `/zoom/v2${path}`, (exchange) =>
      meetings(world, limits, operation, exchange),
    );

  router
    .on("GET", "/zoom/oauth/authorize", (exchange) => showConsent(world, exchange))
    .on("POST", "/zoom/oauth/authorize", (exchange) => takeConsent(world, exchange))
    .on("POST", "/zoom/oauth/token", (exchange) => token(world, exchange))
    .on("POST", "/zoom/oauth/revoke", (exchange) => revoke(world, exchange));
  api("GET", "/users/:userId", "account");
  api("POST", "/users/:userId/meetings", "create");
  api("GET", "/users/:userId/meetings", "list");
  api("GET", "/meetings/:meetingId", "get");
  api("PATCH", "/meetings/:meetingId", "update");
  api("DELETE", "/meetings/:meetingId", "delete");
  api("PUT", "/meetings/:meetingId/status", "end");
}

export const zoomEnv = (url: string): Record<string, string> => ({
  ZOOM_CLIENT_ID: zoomClient.id,
  ZOOM_CLIENT_SECRET: zoomClient.secret,
  ZOOM_OAUTH_URL: `${url}/zoom/oauth`,
  ZOOM_API_URL: `${url}/zoom/v2`,
  ZOOM_WEBHOOK_SECRET: webhookSecret,
});

/**
 * Zoom's webhook notifications, sent when the control API asks for one. They are signed over the raw body,
 * and the id is text in `meeting.started` and `meeting.ended` and a number in the others, as Zoom does it.
 * Nothing is sent again by itself; repeating one is up to the caller.
 */
import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { accountFor, emailSchema } from "#sandbox/accounts.ts";
import { json, type Reply } from "#sandbox/http.ts";
import { zoomClient } from "#sandbox/oauth.ts";
import type { World } from "#sandbox/world.ts";
import { meetingsOf, zoomTime } from "#sandbox/zoom/store.ts";
import { revokeUser } from "#sandbox/zoom/tokens.ts";

/** This secret opens nothing outside this machine. */
export const webhookSecret = "sandbox-zoom-webhook-secret";

const ANSWER_WITHIN_MS = 3_000;

export const webhookSchema = z.discriminatedUnion("event", [
  z.object({
    event: z.enum(["meeting.started", "meeting.ended", "meeting.updated", "meeting.deleted"]),
    id: z.coerce.string(),
  }),
  z.object({ event: z.literal("app_deauthorized"), email: emailSchema }),
  z.object({ event: z.literal("endpoint.url_validation") }),
]);
export type Webhook = z.infer<typeof webhookSchema>;

function payloadOf(world: World, of: Webhook): Record<string, unknown> | null {
  if (of.event === "endpoint.url_validation") {
    return { plainToken: randomBytes(16).toString("base64url") };
  }
  if (of.event === "app_deauthorized") {
    const account = accountFor(world, "zoom", of.email);
    return {
      account_id: account.organisationId,
      user_id: account.id,
      client_id: zoomClient.id,
      deauthorization_time: world.clock().toISOString(),
    };
  }
  const meeting = meetingsOf(world).get(of.id);
  if (!meeting) return null;
  const host = accountFor(world, "zoom", meeting.owner);
  const asText = of.event === "meeting.started" || of.event === "meeting.ended";
  return {
    account_id: host.organisationId,
    object: {
      id: asText ? meeting.id : Number(meeting.id),
      uuid: meeting.uuid,
      host_id: host.id,
      topic: meeting.topic,
      type: meeting.type,
      start_time: zoomTime(meeting.start),
      duration: meeting.duration,
      timezone: meeting.timezone,
    },
  };
}

/** Sends one notification and returns what the app answered. A deauthorization also ends the grant. */
export async function sendWebhook(world: World, of: Webhook): Promise<Reply> {
  const payload = payloadOf(world, of);
  if (!payload) return json(404, { error: "no such meeting" });
  if (of.event === "app_deauthorized") revokeUser(world, of.email);
  const now = world.clock().getTime();
  const body = JSON.stringify({ event: of.event, event_ts: now, payload });
  const timestamp = String(Math.floor(now / 1_000));
  const signature = createHmac("sha256", webhookSecret).update(`v0:${timestamp}:${body}`);
  const response = await fetch(`${world.appUrl}/api/webhooks/zoom`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-zm-request-timestamp": timestamp,
      "x-zm-signature": `v0=${signature.digest("hex")}`,
    },
    body,
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch(() => null);
  if (!response) return json(502, { error: "the app did not answer within three seconds" });
  return json(200, { sent: payload, status: response.status, answer: await response.text() });
}

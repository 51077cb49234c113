/**
 * Zoom's webhook events (developers.zoom.us, "Using webhooks"). They are signed over the raw body with the
 * app's secret token, repeated until they are answered, and sometimes sent twice.
 */
import { createHmac } from "node:crypto";
import { z } from "zod";
import { isSame } from "#lib/platform/crypto.ts";
import type { SaidOfRoom } from "#lib/providers/provider.ts";

/**
 * In seconds. An older event, or one from a clock that is ahead, may have been recorded and sent again by
 * somebody else.
 */
const WINDOW_SECONDS = 300;

export interface Signed {
  /** `x-zm-request-timestamp`: seconds since 1970. */
  timestamp: string | null;
  /** `x-zm-signature` */
  signature: string | null;
  body: string;
}

const sign = (secret: string, text: string): string =>
  createHmac("sha256", secret).update(text).digest("hex");

export function isSigned(secret: string, { timestamp, signature, body }: Signed, now: Date) {
  if (timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > WINDOW_SECONDS) return false;
  return isSame(signature, `v0=${sign(secret, `v0:${timestamp}:${body}`)}`);
}

/** Proves to Zoom that the address is ours. Zoom asks when it is entered, and every 72 hours. */
export const answerChallenge = (secret: string, plainToken: string) => ({
  plainToken,
  encryptedToken: sign(secret, plainToken),
});

export type Notice =
  | { kind: "challenge"; plainToken: string }
  /** `said`: all that the event says of the room; null where it may mean anything. */
  | { kind: "room"; externalId: string; said: SaidOfRoom | null }
  /** `clientId`: an app has one for development and another one for production. */
  | { kind: "deauthorized"; accountUserId: string; clientId: string }
  | { kind: "other" };

/** The id is a number in some events and text in others. */
const meetingId = z.union([z.string().regex(/^\d+$/), z.number().int().transform(String)]);

const known = z.discriminatedUnion("event", [
  z.object({
    event: z.literal("endpoint.url_validation"),
    payload: z.object({ plainToken: z.string().min(1) }),
  }),
  z.object({
    event: z.enum(["meeting.deleted", "meeting.updated"]),
    payload: z.object({ object: z.looseObject({ id: meetingId }) }),
  }),
  z.object({
    event: z.literal("app_deauthorized"),
    payload: z.object({ user_id: z.string().min(1), client_id: z.string().min(1) }),
  }),
]);

/** Zoom reports our own changes as well, and these are all that they consist of. */
const changeLikeOurs = z
  .strictObject({
    id: z.unknown(),
    uuid: z.unknown(),
    host_id: z.unknown(),
    timezone: z.unknown(),
    type: z.literal(2),
    topic: z.string(),
    start_time: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    duration: z.number(),
  })
  .partial()
  .refine(({ topic, start_time, duration }) => topic ?? start_time ?? duration);

function saidIn(event: string, object: unknown): SaidOfRoom | null {
  const change = changeLikeOurs.safeParse(object).data;
  if (event !== "meeting.updated" || !change) return null;
  const { topic: title, start_time: startsAt, duration: durationMinutes } = change;
  return { title, startsAt, durationMinutes };
}

/** Events that we don't know, or that lack what we need, are ignored. */
export function readNotice(body: unknown): Notice {
  const parsed = known.safeParse(body);
  if (!parsed.success) return { kind: "other" };
  const { event, payload } = parsed.data;
  switch (event) {
    case "endpoint.url_validation":
      return { kind: "challenge", plainToken: payload.plainToken };
    case "app_deauthorized":
      return {
        kind: "deauthorized",
        accountUserId: payload.user_id,
        clientId: payload.client_id,
      };
    default:
      return {
        kind: "room",
        externalId: payload.object.id,
        said: saidIn(event, payload.object),
      };
  }
}

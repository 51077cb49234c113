/** Zoom's notices; the signature is who is asking. */
import { zoomWebhook } from "#server/zoomWebhook.ts";

export const POST = zoomWebhook;

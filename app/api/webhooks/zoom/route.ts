/** Zoom's webhook. The signature authenticates the caller. */
import { zoomWebhook } from "#server/zoomWebhook.ts";

export const POST = zoomWebhook;

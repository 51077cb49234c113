/** The keys of the operations that being signed in doesn't open, so that what lies behind them is tried as well. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import type { Sent } from "./send.ts";
import { chance, type Draw, type Maker, pick } from "./valid.ts";

export const METRICS_TOKEN = "a-token-for-tests";
export const WEBHOOK_SECRET = "a-secret-for-tests";

/** What Zoom sends, as far as anything is read of it. */
export const notice = ({ g }: Maker) => ({
  event: pick(g, [
    "meeting.deleted",
    "meeting.updated",
    "app_deauthorized",
    "endpoint.url_validation",
  ]),
  event_ts: Date.now(),
  payload: {
    plainToken: g(fc.string, { maxLength: 30 }),
    account_id: "an-account",
    user_id: "somebody",
    client_id: "a-client",
    object: { id: pick(g, ["1", "12345678901", 12345678901, "x"]), host_id: "somebody" },
  },
});

/** Most of the time with the right key; the rest is as whoever sent it would have it. */
export function keyed(g: Draw, path: string, sent: Sent): Sent {
  if (!chance(g, 75)) return sent;
  const withHeaders = (...added: [string, string][]): Sent => {
    const names = added.map(([name]) => name);
    const kept = sent.headers.filter(([name]) => !names.includes(name));
    return { ...sent, headers: [...kept, ...added] };
  };
  if (path === "/api/metrics") return withHeaders(["authorization", `Bearer ${METRICS_TOKEN}`]);
  if (path !== "/api/webhooks/zoom") return sent;
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const signed = createHmac("sha256", WEBHOOK_SECRET)
    .update(`v0:${timestamp}:`)
    .update(sent.body ?? "")
    .digest("hex");
  return withHeaders(["x-zm-request-timestamp", timestamp], ["x-zm-signature", `v0=${signed}`]);
}

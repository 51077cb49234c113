import { answerChallenge, isSigned, readNotice } from "#lib/providers/zoom/webhooks.ts";
import { handleChangedRoom, handleDeauthorized } from "#lib/services/drift/handleProviderEvent.ts";
import { notFound, Refusal } from "#lib/services/verb/errors.ts";
import { guarded, json, readText } from "./http.ts";

/**
 * Zoom sends an event again (after 5, 20 and 60 minutes) unless it was answered with 2xx within three
 * seconds.
 */
export const zoomWebhook = (request: Request): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { webhookSecret: secret, credentials } = ctx.config.zoom;
    if (secret === null) throw notFound("page");
    const body = await readText(request);
    const timestamp = request.headers.get("x-zm-request-timestamp");
    const signature = request.headers.get("x-zm-signature");
    if (!isSigned(secret, { timestamp, signature, body }, ctx.clock())) {
      throw new Refusal("not_signed_in", "wrongSignature");
    }
    const notice = readNotice(parse(body));
    switch (notice.kind) {
      case "challenge":
        return json(answerChallenge(secret, notice.plainToken));
      case "room":
        await handleChangedRoom(ctx, "zoom", notice);
        break;
      case "deauthorized":
        if (notice.clientId === credentials?.clientId) {
          await handleDeauthorized(ctx, "zoom", notice.accountUserId);
        }
        break;
      case "other":
        break;
    }
    return json({ received: true });
  });

/** Signed, but not JSON: an event that we don't know. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

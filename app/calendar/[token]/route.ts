/** The feed that calendar apps read. There is no sign-in; the address itself is the secret. */

import { sha256 } from "#lib/platform/crypto.ts";
import { readCalendarFeed } from "#lib/services/telling/readCalendarFeed.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { guarded } from "#server/http.ts";

const ENDING = ".ics";

type Params = { params: Promise<{ token: string }> };

export const GET = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    if (!token.endsWith(ENDING)) throw notFound("calendar");
    const calendar = await readCalendarFeed(ctx, token.slice(0, -ENDING.length));
    const etag = `"${sha256(calendar)}"`;
    const headers = {
      etag,
      "cache-control": "private, no-cache",
      "referrer-policy": "no-referrer",
      // By a header, since calendar programs obey robots.txt and would read nothing.
      "x-robots-tag": "noindex",
    };
    if (isKnown(request, etag)) return new Response(null, { status: 304, headers });
    return new Response(calendar, {
      headers: {
        ...headers,
        "content-type": "text/calendar; charset=utf-8",
        "content-disposition": 'inline; filename="segue.ics"',
      },
    });
  });

/** Proxies that compress what they pass on mark the tag as weak. */
const isKnown = (request: Request, etag: string): boolean =>
  (request.headers.get("if-none-match") ?? "")
    .split(",")
    .some((one) => one.trim().replace(/^W\//, "") === etag);

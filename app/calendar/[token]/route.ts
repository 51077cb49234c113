/** The feed that calendar apps read. There is no sign-in; the address itself is the secret. */

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
    return new Response(calendar, {
      headers: {
        "content-type": "text/calendar; charset=utf-8",
        "cache-control": "private",
        "content-disposition": 'inline; filename="segue.ics"',
        "referrer-policy": "no-referrer",
      },
    });
  });

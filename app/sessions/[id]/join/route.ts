/** The stable link. Everything that people are sent points here, never at a provider. */

import { Refusal } from "#lib/services/errors.ts";
import { joinSession } from "#lib/services/joinSession.ts";
import { guarded, whoIs } from "#server/http.ts";

type Params = { params: Promise<{ id: string }> };

export const GET = (request: Request, { params }: Params): Promise<Response> =>
  guarded(async (ctx) => {
    const { id } = await params;
    const signedIn = await whoIs(request.headers);
    if (!signedIn) return to(`${ctx.config.appUrl}/sign-in?returnTo=/sessions/${id}/join`);
    try {
      const door = await joinSession(ctx, signedIn.person, id);
      return to(door.kind === "open" ? door.url : `${ctx.config.appUrl}/sessions/${id}/waiting`);
    } catch (error) {
      // A page that says so, since it is a person who clicked.
      if (error instanceof Refusal) return to(`${ctx.config.appUrl}/sessions/${id}/waiting`);
      throw error;
    }
  });

const to = (location: string) =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });

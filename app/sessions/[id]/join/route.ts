/** The stable link. Everything that people are sent points here, never at a provider. */

import { joinSession } from "#lib/services/sessions/joinSession.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { guarded, isInAdvance, notYet, whoIs } from "#server/http.ts";
import { runtime } from "#server/runtime.ts";

type Params = { params: Promise<{ id: string }> };

export const GET = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { id: asked } = await params;
    // The address may hold any characters, but a header must not.
    const id = encodeURIComponent(asked);
    const signedIn = await whoIs(request.headers);
    if (!signedIn) return to(`${ctx.config.appUrl}/sign-in?returnTo=/sessions/${id}/join`);
    if (isInAdvance(request)) return notYet(request);
    const { joined } = runtime().metrics;
    const page = `${ctx.config.appUrl}/sessions/${id}`;
    const knowsPasscode = new URL(request.url).searchParams.get("with") === "passcode";
    try {
      const door = await joinSession(ctx, signedIn.person, id, { knowsPasscode });
      joined(door.kind === "open" ? "opened" : "waiting");
      if (door.kind === "open") return to(door.url);
      return to(door.kind === "passcode" ? page : `${page}/waiting`);
    } catch (error) {
      // A person clicked, so they get a page that explains the refusal.
      if (!(error instanceof Refusal)) throw error;
      joined("refused");
      return to(`${page}/waiting`);
    }
  });

const to = (location: string) =>
  new Response(null, {
    status: 303,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });

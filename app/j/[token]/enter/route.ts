import { enterDoor } from "#lib/services/doors/enterDoor.ts";
import { guarded, json } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

/** The tap. Nothing else leads into a room from a personal link, and nothing else tells its address. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    return json(await enterDoor(ctx, token));
  });

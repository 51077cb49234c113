import { withdrawAtDoor } from "#lib/services/doors/askAtDoor.ts";
import { guarded, noContent } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    await withdrawAtDoor(ctx, token);
    return noContent();
  });

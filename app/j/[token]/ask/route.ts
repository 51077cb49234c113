import { askAtDoor } from "#lib/services/doors/askAtDoor.ts";
import { guarded, noContent, readJson } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    await askAtDoor(ctx, token, await readJson(request));
    return noContent();
  });

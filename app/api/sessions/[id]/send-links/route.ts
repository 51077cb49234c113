import { UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import { sendLinksTo } from "#lib/services/doors/sendLink.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { guarded, noContent } from "#server/http.ts";

type Params = { params: Promise<{ id: string }> };

/** For whoever stands before the sign-in with an old link. Answers the same whatever became of it. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { id } = await params;
    await sendLinksTo(ctx, id, request.headers.get(CLIENT_HEADER) ?? UNKNOWN_ADDRESS);
    return noContent();
  });

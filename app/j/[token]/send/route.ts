import { UNKNOWN_ADDRESS } from "#lib/records/limits/rules.ts";
import { sendNewLink } from "#lib/services/doors/sendLink.ts";
import { CLIENT_HEADER } from "#server/headers.ts";
import { guarded, noContent } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

/** Answers the same whatever became of it. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    await sendNewLink(ctx, token, request.headers.get(CLIENT_HEADER) ?? UNKNOWN_ADDRESS);
    return noContent();
  });

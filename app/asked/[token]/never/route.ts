/** Behind a mail's List-Unsubscribe header: a mail program's POST is "no, never"; a GET shows the page. */
import { answerAsk } from "#lib/services/students/answer.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { guarded, readText } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

export async function GET(_: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  // Relative, so that no header of the request decides where it leads.
  const location = `/asked/${encodeURIComponent(token)}`;
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    // RFC 8058: these words are in the body, as a form of either kind. Whoever only tries addresses sends
    // none.
    if (!/List-Unsubscribe[\s\S]*One-Click/.test(await readText(request))) {
      throw new Refusal("invalid_input", "unexpectedBody");
    }
    const { token } = await params;
    await answerAsk(ctx, token, { answer: "never" });
    return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  });

import { answerAsk } from "#lib/services/students/answer.ts";
import { guarded, json, readJson } from "#server/http.ts";

type Params = { params: Promise<{ token: string }> };

/** Who answers need not be anybody here: the link shows that the mail reached them. */
export const POST = (request: Request, { params }: Params): Promise<Response> =>
  guarded(request, async (ctx) => {
    const { token } = await params;
    return json(await answerAsk(ctx, token, await readJson(request)));
  });

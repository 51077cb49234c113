import { disownAccount } from "#lib/services/people/confirmAddress.ts";
import { guarded, noContent, readJson } from "#server/http.ts";

/** For whoever holds the mailed token. */
export const POST = (request: Request) =>
  guarded(request, async (ctx) => {
    await disownAccount(ctx, (await readJson(request)) ?? {});
    return noContent();
  });

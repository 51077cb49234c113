import { confirmAddress } from "#lib/services/people/confirmAddress.ts";
import { guarded, json, readJson, whoIs } from "#server/http.ts";

/** For whoever holds the mailed token and is signed in, knows the password, or sets one. */
export const POST = (request: Request) =>
  guarded(request, async (ctx) => {
    const visitor = await whoIs(request.headers);
    return json(
      await confirmAddress(ctx, visitor?.person.id ?? null, (await readJson(request)) ?? {}),
    );
  });

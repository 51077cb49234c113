import { operatorTroubles } from "#lib/services/calls/operatorTroubles.ts";
import { guarded, json } from "#server/http.ts";
import { assertReady } from "#server/ready.ts";

/**
 * Answers 200 while the database and the jobs respond, otherwise 503. `troubles` names what the installation's
 * operator has to mend at a provider; the rest goes on meanwhile, so the answer stays 200.
 */
export const GET = (request: Request) =>
  guarded(request, async (ctx) => {
    await assertReady(ctx);
    return json({ status: "ready", troubles: await operatorTroubles(ctx) });
  });

import { guarded, json } from "#server/http.ts";
import { assertReady } from "#server/ready.ts";

/** Answers 200 while the database and the jobs respond, otherwise 503. */
export const GET = (request: Request) =>
  guarded(request, async (ctx) => {
    await assertReady(ctx);
    return json({ status: "ready" });
  });

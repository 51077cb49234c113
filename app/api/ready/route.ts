import { guarded, json } from "#server/http.ts";
import { assertReady } from "#server/ready.ts";

/** Database and jobs answer; 503 while they don't. */
export const GET = (request: Request) =>
  guarded(request, async (ctx) => {
    await assertReady(ctx);
    return json({ status: "ready" });
  });

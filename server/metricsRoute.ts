import { type Config, isLoopback } from "#lib/platform/config.ts";
import { isSame } from "#lib/platform/crypto.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { guarded } from "./http.ts";
import { METRICS_TYPE } from "./metrics/metrics.ts";
import { runtime } from "./runtime.ts";

export const metricsRoute = (request: Request): Promise<Response> =>
  guarded(request, async (ctx) => {
    if (!mayRead(ctx.config, request.headers)) {
      throw new Refusal("not_signed_in", "figuresAreKept");
    }
    return new Response(await runtime().metrics.text(ctx), {
      headers: { "content-type": METRICS_TYPE, "cache-control": "no-store" },
    });
  });

/**
 * Where a token is configured, it alone gives access. Without one, only a process that nobody else can reach
 * answers: behind a proxy each request comes from loopback, and a sender can write what headers say about the
 * sender. A name in `Host` that isn't loopback's belongs to a page that has pointed its name here, or to a
 * tunnel.
 */
export function mayRead(
  { metricsToken, local }: Pick<Config, "metricsToken" | "local">,
  headers: Headers,
): boolean {
  if (metricsToken !== null) {
    return isSame(headers.get("authorization") ?? "", `Bearer ${metricsToken}`);
  }
  const host = `http://${headers.get("host")}`;
  return local && URL.canParse(host) && isLoopback(host);
}

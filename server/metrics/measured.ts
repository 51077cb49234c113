/** Times the calls of providers. All calls pass through here, and no provider knows about it. */
import { ProviderError } from "#lib/providers/errors.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import type { Providers } from "#lib/providers/registry.ts";
import type { Metrics } from "./metrics.ts";

export function measured(providers: Providers, called: Metrics["called"]): Providers {
  const all = providers.all.map((provider) => measureOne(provider, called));
  const found = new Map(all.map((provider) => [provider.id, provider]));
  return { ...providers, all, get: (id) => found.get(id) ?? providers.get(id) };
}

const measureOne = (provider: VideoProvider, called: Metrics["called"]): VideoProvider =>
  new Proxy(provider, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || name === "authorizationUrl") return value;
      return async (...args: unknown[]): Promise<unknown> => {
        const start = performance.now();
        const note = (outcome: string) =>
          called({
            provider: target.id,
            call: String(name),
            outcome,
            seconds: (performance.now() - start) / 1000,
          });
        try {
          const answer: unknown = await value.apply(target, args);
          note("ok");
          return answer;
        } catch (error) {
          note(error instanceof ProviderError ? error.code : "unexpected");
          throw error;
        }
      };
    },
  });

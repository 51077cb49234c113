/** Observes every call to a provider. */
import { AsyncLocalStorage } from "node:async_hooks";
import { z } from "zod";
import type { ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import type { Providers } from "#lib/providers/registry.ts";

/** A call to a provider, seen before it leaves and again after its answer has arrived. */
export interface SeenCall {
  provider: ProviderId;
  method: string;
  /** Of the meeting that is made or changed. */
  title: string | undefined;
  phase: "before" | "after";
}

const titled = z.object({ title: z.string() });
const titleIn = (args: unknown[]): string | undefined =>
  args.map((arg) => titled.safeParse(arg).data?.title).find(Boolean);

/** The calls that have left and haven't come back. */
export class Flight {
  #count = 0;
  #held = 0;
  #deadlines: AbortController[] = [];
  #landed = Promise.withResolvers<void>();
  readonly #aside = new AsyncLocalStorage<true>();

  async carry<T>(call: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await call();
    } finally {
      this.#count -= 1;
      this.#endHeld();
      if (this.#count === 0) {
        this.#deadlines = [];
        this.#landed.resolve();
        this.#landed = Promise.withResolvers();
      }
    }
  }

  /**
   * A deadline that passes only when nothing else can happen, so that no machine's clock decides which call
   * is too late.
   */
  deadline = (): AbortSignal => {
    const deadline = new AbortController();
    this.#deadlines.push(deadline);
    return deadline.signal;
  };

  /** Called when the stand-in holds back one of the calls. */
  hold(): void {
    this.#held += 1;
    this.#endHeld();
  }

  /** Ends all calls under way by their deadlines once the stand-in holds back every one of them. */
  #endHeld(): void {
    if (this.#held === 0 || this.#held < this.#count) return;
    this.#held = 0;
    for (const deadline of this.#deadlines.splice(0)) {
      deadline.abort(new DOMException("Held back", "TimeoutError"));
    }
  }

  /** Called when the stand-in no longer holds anything back. */
  letGo(): void {
    this.#held = 0;
  }

  /** Runs work in the middle of a call. It must not wait for that same call. */
  aside<T>(work: () => T): T {
    return this.#aside.run(true, work);
  }

  async landed(): Promise<void> {
    while (this.#count > 0 && !this.#aside.getStore()) await this.#landed.promise;
  }
}

type Look = (call: SeenCall) => Promise<void> | undefined;

export function watch(providers: Providers, flight: Flight, look: Look): Providers {
  const watched = new Map(providers.all.map((one) => [one.id, watchOne(one, flight, look)]));
  return {
    ...providers,
    all: [...watched.values()],
    get: (id) => watched.get(id) ?? providers.get(id),
  };
}

const watchOne = (provider: VideoProvider, flight: Flight, look: Look): VideoProvider =>
  new Proxy(provider, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || name === "authorizationUrl") return value;
      return (...args: unknown[]) => {
        const seen = { provider: provider.id, method: String(name), title: titleIn(args) };
        return flight.carry(async () => {
          await flight.aside(() => look({ ...seen, phase: "before" }));
          try {
            return (await value.apply(target, args)) as unknown;
          } finally {
            await flight.aside(() => look({ ...seen, phase: "after" }));
          }
        });
      };
    },
  });

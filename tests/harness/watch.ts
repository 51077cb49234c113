/** Looking over the shoulder of whoever calls a provider. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import type { Providers } from "#lib/providers/registry.ts";

/** A call to a provider, seen before it leaves and after its answer is in hand. */
export interface SeenCall {
  provider: ProviderId;
  method: string;
  phase: "before" | "after";
}

/** Calls that left and haven't come back. */
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

  /** A deadline that comes when nothing else can: no clock of the machine decides who is too late. */
  deadline = (): AbortSignal => {
    const deadline = new AbortController();
    this.#deadlines.push(deadline);
    return deadline.signal;
  };

  /** The stand-in holds back one of the calls. */
  hold(): void {
    this.#held += 1;
    this.#endHeld();
  }

  /** Once all that are under way are held back, they run into their deadlines. */
  #endHeld(): void {
    if (this.#held === 0 || this.#held < this.#count) return;
    this.#held = 0;
    for (const deadline of this.#deadlines.splice(0)) {
      deadline.abort(new DOMException("Held back", "TimeoutError"));
    }
  }

  /** The stand-in holds nothing back any more. */
  letGo(): void {
    this.#held = 0;
  }

  /** For what runs in the middle of a call: it must not wait for that very call. */
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
      const seen = { provider: provider.id, method: String(name) };
      return (...args: unknown[]) => {
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

/**
 * How a web process ends without cutting anybody off. First `/api/ready` says 503, so that whoever spreads the requests sends
 * no more; then streams end, which their browsers open again elsewhere; then what is under way is finished. Only after that
 * jobs and the database are closed.
 */
import diagnostics from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

interface Started {
  response: ServerResponse;
  server: Server;
}

class Drain {
  #isDraining = false;
  readonly #underWay = new Set<ServerResponse>();
  readonly #servers = new Set<Server>();
  readonly #streams = new Set<() => void>();
  #whenEmpty: () => void = () => undefined;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Node publishes this event for every HTTP server of the process, before Next sees the request. */
  watch(): void {
    diagnostics.subscribe("http.server.request.start", (message) => {
      const { response, server } = message as Started;
      this.#servers.add(server);
      this.#underWay.add(response);
      // Otherwise a kept connection would bring the next request, and the next.
      if (this.#isDraining) response.shouldKeepAlive = false;
      response.once("close", () => {
        this.#underWay.delete(response);
        if (this.#underWay.size === 0) this.#whenEmpty();
      });
    });
  }

  /** For an answer that has no end of its own. @returns call it when the stream has ended by itself */
  endWithProcess(end: () => void): () => void {
    this.#streams.add(end);
    return () => void this.#streams.delete(end);
  }

  /**
   * @param of.waitMs for how long requests are still taken after readiness has failed
   * @param of.finishMs how long what is under way may take
   * @returns how many answers weren't finished in time
   */
  async finish({ waitMs, finishMs }: { waitMs: number; finishMs: number }): Promise<number> {
    this.#isDraining = true;
    await delay(waitMs);
    for (const server of this.#servers) {
      server.close();
      server.closeIdleConnections();
    }
    for (const response of this.#underWay) response.shouldKeepAlive = false;
    for (const end of this.#streams) end();
    if (this.#underWay.size === 0) return 0;
    const abandoned = new AbortController();
    const deadline = delay(finishMs, undefined, { signal: abandoned.signal }).catch(
      () => undefined,
    );
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    await Promise.race([empty, deadline]);
    abandoned.abort();
    return this.#underWay.size;
  }
}

// On globalThis, since Next bundles the instrumentation and each route separately.
const holder = globalThis as { segueDrain?: Drain };
holder.segueDrain ??= new Drain();
export const drain: Drain = holder.segueDrain;

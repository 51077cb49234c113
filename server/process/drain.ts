/**
 * How a web process ends without cutting anybody off. First `/api/ready` says 503, so that whoever spreads the requests sends
 * no more; then streams end, which their browsers open again elsewhere; then what is under way is finished, and each connection
 * ends with its last answer. Only after that jobs and the database are closed.
 */
import diagnostics from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

interface Started {
  response: ServerResponse;
  socket: Socket;
  server: Server;
}

export class Drain {
  #isDraining = false;
  /** From then on no connection lives longer than its answer. */
  #isClosing = false;
  readonly #servers = new Set<Server>();
  /** Each connection with how many of its answers haven't wholly left. */
  readonly #connections = new Map<Socket, number>();
  readonly #streams = new Set<() => void>();
  #whenEmpty: () => void = () => undefined;

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /**
   * Node publishes this event for every HTTP server of the process, before Next sees the request.
   * @returns ends it
   */
  watch(): () => void {
    const started = (message: unknown) => {
      const { response, socket, server } = message as Started;
      this.#servers.add(server);
      if (!this.#connections.has(socket)) {
        socket.once("close", () => this.#gone(socket));
      }
      this.#connections.set(socket, (this.#connections.get(socket) ?? 0) + 1);
      if (this.#isClosing) response.shouldKeepAlive = false;
      // It comes when the last byte has been handed to the system, or the other side is gone.
      response.once("close", () => this.#answered(socket));
    };
    diagnostics.subscribe("http.server.request.start", started);
    return () => void diagnostics.unsubscribe("http.server.request.start", started);
  }

  #answered(socket: Socket): void {
    const left = (this.#connections.get(socket) ?? 1) - 1;
    if (this.#connections.has(socket)) this.#connections.set(socket, left);
    if (left === 0 && this.#isClosing) socket.end();
    this.#tellIfEmpty();
  }

  #gone(socket: Socket): void {
    this.#connections.delete(socket);
    this.#tellIfEmpty();
  }

  #tellIfEmpty(): void {
    if (this.#underWay() === 0) this.#whenEmpty();
  }

  #underWay(): number {
    return [...this.#connections.values()].reduce((sum, answers) => sum + answers, 0);
  }

  /** For an answer that has no end of its own. @returns call it when the stream has ended by itself */
  endWithProcess(end: () => void): () => void {
    this.#streams.add(end);
    // It was asked for just before, and begins only now.
    if (this.#isClosing) queueMicrotask(end);
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
    this.#isClosing = true;
    for (const server of this.#servers) stopListening(server);
    for (const [socket, answers] of this.#connections) if (answers === 0) socket.end();
    for (const end of this.#streams) end();
    if (this.#underWay() === 0) return 0;
    const abandoned = new AbortController();
    const deadline = delay(finishMs, undefined, { signal: abandoned.signal }).catch(
      () => undefined,
    );
    const empty = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    await Promise.race([empty, deadline]);
    abandoned.abort();
    return this.#underWay();
  }
}

/**
 * An HTTP server's own `close` also ends connections whose answer has been written but hasn't wholly left, so a slow reader
 * would get a part of it.
 */
const stopListening = (server: Server): void => void NetServer.prototype.close.call(server);

// On globalThis, since Next bundles the instrumentation and each route separately.
const holder = globalThis as { segueDrain?: Drain };
holder.segueDrain ??= new Drain();
export const drain: Drain = holder.segueDrain;

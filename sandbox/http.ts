/**
 * A small HTTP server for the stand-ins. It routes by path segments, reads the whole body, and writes the one
 * reply that a handler returns. `"cut"` closes the connection without an answer.
 */

import type { ServerResponse } from "node:http";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from "node:http";

export interface Exchange {
  method: string;
  url: URL;
  /** The `:name` parts of the route, decoded. */
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export type Reply = Answer | "cut";
export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  body: JSON.stringify(value),
});

export const html = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body,
});

export const redirect = (to: URL): Answer => ({ status: 302, headers: { location: to.href } });

export const empty = (status: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
});

/** The body as JSON, or undefined if it isn't JSON. */
export function jsonBody(exchange: Exchange): unknown {
  try {
    return JSON.parse(exchange.body);
  } catch {
    return undefined;
  }
}

/** The body as a form. */
export const formBody = (exchange: Exchange): URLSearchParams => new URLSearchParams(exchange.body);

/** The bearer token of the request, or null. */
export const bearer = (exchange: Exchange): string | null =>
  /^Bearer (\S+)$/i.exec(exchange.headers.authorization ?? "")?.[1] ?? null;

interface Route {
  method: string;
  segments: string[];
  handler: Handler;
}

function match(route: Route, method: string, segments: string[]): Record<string, string> | null {
  if (route.method !== method || route.segments.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, wanted] of route.segments.entries()) {
    const given = segments[index] ?? "";
    if (wanted.startsWith(":")) params[wanted.slice(1)] = given;
    else if (wanted !== given) return null;
  }
  return params;
}

export class Router {
  readonly #routes: Route[] = [];

  on(method: string, path: string, handler: Handler): this {
    this.#routes.push({ method, segments: path.split("/"), handler });
    return this;
  }

  async handle(exchange: Exchange): Promise<Reply> {
    let segments: string[];
    try {
      segments = exchange.url.pathname.split("/").map(decodeURIComponent);
    } catch {
      return json(400, { error: "malformed path" });
    }
    for (const route of this.#routes) {
      const params = match(route, exchange.method, segments);
      if (params) return route.handler({ ...exchange, params });
    }
    return json(404, { error: "The sandbox has nothing here." });
  }
}

const BODY_LIMIT = 2_000_000;
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error("The body is larger than the sandbox takes.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function respond(router: Router, request: IncomingMessage, response: ServerResponse) {
  const host = request.headers.host ?? "";
  // A web page must not reach the stand-in under a host name of its own (DNS rebinding).
  if (!loopback.test(host)) {
    response.writeHead(421).end();
    return;
  }
  // Nor may it submit a consent form or a switch cross-site. Programs don't send this header.
  if (request.method !== "GET" && request.headers["sec-fetch-site"] === "cross-site") {
    response.writeHead(403).end();
    return;
  }
  const reply = await router.handle({
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", `http://${host}`),
    params: {},
    headers: request.headers,
    body: await readBody(request),
  });
  if (reply === "cut") {
    request.socket.destroy();
    return;
  }
  const headers = { "cache-control": "no-store", "referrer-policy": "no-referrer" };
  response.writeHead(reply.status, { ...headers, ...reply.headers }).end(reply.body);
}

export function makeServer(router: Router): Server {
  const server = createServer((request, response) => {
    respond(router, request, response).catch((error: unknown) => {
      // A client that left in the middle of a request gets no answer, and that is no fault of ours.
      if (request.errored) return;
      // A fault of the stand-in itself must be visible as such and not be taken for a provider's 500.
      process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (!response.headersSent) response.writeHead(599);
      response.end();
    });
  });
  // This is longer than any client's pause. A client that uses a connection just as it closes would see a
  // fault that no test asked for.
  server.keepAliveTimeout = 75_000;
  return server;
}

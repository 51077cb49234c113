/**
 * The stand-ins' HTTP server: Hono, with handlers that get the whole body at once, so that they can read and
 * write the memory without waiting in between.
 */
import type { IncomingHttpHeaders, Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono, type MiddlewareHandler } from "hono";

export interface Exchange {
  url: URL;
  /** The `:name` parts of the route, decoded. */
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `"cut"` closes the connection without an answer. A Response can be sent only once: make each anew. */
export type Reply = Response | "cut";
export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): Response =>
  Response.json(value, {
    status,
    headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  });

export const html = (status: number, body: string): Response =>
  new Response(body, { status, headers: { "content-type": "text/html; charset=utf-8" } });

export const redirect = (to: URL): Response =>
  new Response(null, { status: 302, headers: { location: to.href } });

export const empty = (status: number): Response => new Response(null, { status });

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

type Env = { Bindings: HttpBindings };

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

const LARGEST_BODY = 2 * 1024 * 1024;

const guard: MiddlewareHandler<Env> = async (context, next) => {
  const { headers, method } = context.env.incoming;
  // A web page must not reach the stand-in under a host name of its own (DNS rebinding).
  if (!loopback.test(headers.host ?? "")) return empty(421);
  // Nor may it submit a consent form or a switch cross-site. Programs don't send this header.
  if (method !== "GET" && headers["sec-fetch-site"] === "cross-site") return empty(403);
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY) return empty(413);
  await next();
  context.header("cache-control", "no-store");
  context.header("referrer-policy", "no-referrer");
};

export class Router {
  readonly #app = new Hono<Env>();
  readonly fetch = this.#app.fetch;

  constructor() {
    this.#app.use(guard);
    this.#app.notFound(() => json(404, { error: "The sandbox has nothing here." }));
    this.#app.onError((error, context) => {
      // A client that left in the middle of a request gets no answer, and that is no fault of ours.
      if (context.env.incoming.errored) return RESPONSE_ALREADY_SENT;
      // A fault of the stand-in itself must be visible as such and not be taken for a provider's 500.
      process.stderr.write(`sandbox: ${error.stack}\n`);
      return empty(599);
    });
  }

  on(method: string, path: string, handler: Handler): this {
    this.#app.on(method, path, async ({ env, req }) => {
      const reply = await handler({
        url: new URL(req.url),
        params: req.param(),
        headers: env.incoming.headers,
        body: await req.text(),
      });
      if (reply !== "cut") return reply;
      env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    });
    return this;
  }
}

export function makeServer({ fetch }: Router): Server {
  // The kept-alive time is longer than any client's pause. A client that uses a connection just as it closes
  // would see a fault that no test asked for.
  const serverOptions = { keepAliveTimeout: 75_000 };
  // The stand-ins share a process with tests and the launcher, whose Request and Response stay Node's own.
  // hono/body-limit can't be used with that.
  return createAdaptorServer({ fetch, serverOptions, overrideGlobalObjects: false }) as Server;
}

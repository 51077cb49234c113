/**
 * Stands before Next on the web process's own HTTP server. Some requests never reach the gate: Next decodes the
 * address and makes a `Request` of it first, and answers 500 where either fails. Those are answered here, pages
 * asked for at another name of this machine are led to APP_URL, and every answer gets its security headers here, so that Next's own redirects and files have them, too. The gate
 * replaces the policy by one with a nonce.
 */
import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { languageOf } from "#lib/platform/words.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { problem } from "#server/problem.ts";
import { whole } from "./body.ts";
import { plainPage } from "./plainPage.ts";
import { methodsOf, refusalOf } from "./requestHead.ts";
import { securityHeaders } from "./securityHeaders.ts";
import { inSmallLetters } from "./smallLetters.ts";
import { atAppUrl } from "./twin.ts";

interface Site {
  appUrl: string;
  isDevelopment: boolean;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Call it before the server listens. */
export function standBefore(server: Server, { appUrl, isDevelopment }: Site): void {
  const headers = securityHeaders(null, { isHttps: appUrl.startsWith("https://") });
  const answers = new WeakMap<Duplex, number>();
  const count = (socket: Duplex, one: number) =>
    answers.set(socket, (answers.get(socket) ?? 0) + one);
  // Node announces a request here before it answers some by itself, such as one without Host.
  subscribe("http.server.request.start", (message) => {
    const started = message as { server: Server; response: ServerResponse };
    if (started.server !== server) return;
    for (const [name, value] of Object.entries(headers)) started.response.setHeader(name, value);
  });
  const handlers = server.listeners("request") as Handler[];
  server.removeAllListeners("request");
  server.on("request", async (request, response) => {
    const passed = await admitted(request, isDevelopment);
    // Whoever has meanwhile been told that what they sent can't be read isn't to have done anything by it.
    if (passed === null || !request.socket.writable) return;
    count(request.socket, 1);
    response.once("close", () => count(request.socket, -1));
    if (passed instanceof Refusal) return void (await answer(passed, request, response));
    const home = atAppUrl(appUrl, passed) ?? inSmallLetters(appUrl, passed);
    if (home) response.writeHead(307, { location: home.href }).end();
    else for (const handle of handlers) handle.call(server, passed, response);
  });
  // Only development has sockets. With a listener, Node takes each wish for an upgrade, which programs add to
  // ordinary requests, for one that the listener answers, and Next answers none.
  if (!isDevelopment) server.removeAllListeners("upgrade");
  // We are no proxy. Without a listener, Node would cut the connection without a word.
  server.on("connect", (_request, socket) => write(socket, 405, headers));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const status = unreadable[error.code ?? ""] ?? 400;
    // A second answer must not get into the middle of the first.
    if (error.code === "ECONNRESET" || answers.get(socket)) socket.destroy();
    else write(socket, status, headers);
  });
}

/** What Node itself would answer to a request that isn't HTTP. */
const unreadable: Record<string, number | undefined> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** @returns what Next gets to see; a refusal; null where nobody is left to be answered */
async function admitted(request: IncomingMessage, isDevelopment: boolean) {
  try {
    return refusalOf(request, isDevelopment) ?? (await whole(request));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

async function answer(
  refused: Refusal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const language = languageOf(request.headers["accept-language"] ?? null);
  const isForPeople = request.method === "GET" && request.headers.accept?.includes("text/html");
  const said = isForPeople ? plainPage(refused, language) : problem(refused, language);
  for (const [name, value] of said.headers) response.setHeader(name, value);
  if (refused.code === "method_not_allowed") {
    response.setHeader("allow", methodsOf(request.url ?? "", false).join(", "));
  }
  response.statusCode = said.status;
  // The body, if there is one, is not read.
  response.setHeader("connection", "close");
  response.end(await said.text());
}

/** For what has no response of Node's own. */
function write(socket: Duplex, status: number, headers: Record<string, string>): void {
  if (!socket.writable) return void socket.destroy();
  const lines = Object.entries({ ...headers, connection: "close", "content-length": "0" });
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
      "",
      "",
    ].join("\r\n"),
  );
}

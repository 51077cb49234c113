/** For tests: a provider on loopback that answers from a script and records its requests. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parseConfig } from "#lib/platform/config.ts";
import type {
  GrantAccess,
  MarkedMeeting,
  Meeting,
  MeetingRequest,
  Page,
  VideoProvider,
} from "#lib/providers/provider.ts";
import { createProviders } from "#lib/providers/registry.ts";
import { PATIENCE_MS } from "#tests/harness/patience.ts";

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
}

/**
 * `cut` closes the connection without an answer, `half` closes it in the middle of one, `hang` never answers.
 */
export type Scripted =
  | { status: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | "cut"
  | "half"
  | "hang";

export interface TestServer extends AsyncDisposable {
  url: string;
  asked: Asked[];
}

/** `script` answers each request, either with a function or with a list that is used up in order. */
export async function serve(
  script: Scripted[] | ((asked: Asked) => Scripted),
): Promise<TestServer> {
  const asked: Asked[] = [];
  const left = Array.isArray(script) ? [...script] : null;
  const next = (one: Asked) =>
    left
      ? (left.shift() ?? { status: 599, text: "the script has ended" })
      : (script as (asked: Asked) => Scripted)(one);
  const server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    answer(response, next(one));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
}

function answer(response: ServerResponse, reply: Scripted): void {
  if (reply === "hang") return;
  if (reply === "cut") {
    response.socket?.destroy();
    return;
  }
  if (reply === "half") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"id":', () => response.socket?.destroy());
    return;
  }
  const type = reply.text === undefined ? "application/json" : "text/html";
  response.writeHead(reply.status, { "content-type": type, ...reply.headers });
  response.end(reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json)));
}

export const NOW = new Date("2026-11-20T15:30:00Z");

/** Both providers against one server, with a clock that stands still at {@link NOW}. */
export function providersAt(
  url: string,
  options: { timeoutMs?: number; onDeadline?: () => void } = {},
) {
  const config = parseConfig({
    AUTH_SECRET: "a".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k:${Buffer.alloc(32).toString("base64")}`,
    GOOGLE_CLIENT_ID: "google-client",
    GOOGLE_CLIENT_SECRET: "google-secret",
    GOOGLE_AUTH_URL: `${url}/auth`,
    GOOGLE_TOKEN_URL: `${url}/token`,
    GOOGLE_REVOKE_URL: `${url}/revoke`,
    GOOGLE_API_URL: url,
    ZOOM_CLIENT_ID: "zoom_client-1",
    ZOOM_CLIENT_SECRET: "zoom_secret-1",
    ZOOM_OAUTH_URL: `${url}/oauth`,
    ZOOM_API_URL: `${url}/v2`,
  });
  return createProviders(config, {
    clock: () => NOW,
    deadline: () => {
      options.onDeadline?.();
      return AbortSignal.timeout(options.timeoutMs ?? PATIENCE_MS);
    },
  });
}

export const grant: GrantAccess = {
  accessToken: "access-1",
  account: { userId: "u1", email: "tutor@example.com", name: null, organisationId: null },
};

export const request: MeetingRequest = {
  key: "k0123456789abcdefghijklmn0",
  installationId: "inst-1",
  title: "Algebra with Mia",
  startsAt: new Date("2026-12-01T09:00:00Z"),
  durationMinutes: 45,
  timeZone: "Europe/Madrid",
};

/** Reads page after page, as the services do. */
async function everyPage<T>(ask: (place: string | null) => Promise<Page<T>>): Promise<T[]> {
  const pages: T[] = [];
  for (let place: string | null = null; ; ) {
    const page: Page<T> = await ask(place);
    pages.push(page.here);
    place = page.next;
    if (place === null) return pages;
  }
}

export async function findMeeting(
  provider: VideoProvider,
  ...[access, of]: [GrantAccess, { key: string; installationId: string }]
): Promise<Meeting | null> {
  return (await everyPage((place) => provider.findMeeting(access, of, place))).at(-1) ?? null;
}

export async function listMarked(
  provider: VideoProvider,
  ...[access, of]: [GrantAccess, { installationId: string; from: Date }]
): Promise<MarkedMeeting[]> {
  const pages = await everyPage((place) => provider.listMarked(access, of, place));
  return [...new Map(pages.flat().map((found) => [found.externalId, found])).values()];
}

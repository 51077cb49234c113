/**
 * What stands before the web processes: sends each request to one that says it is ready, and to another if that one has
 * stopped listening before it took it. What breaks off once it was taken is cut.
 */
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as delay } from "node:timers/promises";

const LOOKED_AT_MS = 200;

export interface Balancer {
  add(url: string): void;
  remove(url: string): void;
  /** Answers that were begun and broke off, or that no process took. */
  cut(): string[];
  close(): Promise<void>;
}

export async function startBalancer(port: number): Promise<Balancer> {
  const ready = new Map<string, boolean>();
  const cut: string[] = [];
  let isOpen = true;
  let turn = 0;

  const look = async () => {
    while (isOpen) {
      await Promise.all(
        [...ready.keys()].map(async (url) => {
          const answer = await fetch(`${url}/api/ready`).catch(() => null);
          if (ready.has(url)) ready.set(url, answer?.ok ?? false);
        }),
      );
      await delay(LOOKED_AT_MS);
    }
  };

  const next = (tried: ReadonlySet<string>): string | undefined => {
    const able = [...ready].flatMap(([url, is]) => (is && !tried.has(url) ? url : []));
    turn += 1;
    return able[turn % Math.max(1, able.length)];
  };

  function forward(
    asked: IncomingMessage,
    answer: ServerResponse,
    body: Buffer,
    tried: Set<string>,
  ) {
    const url = next(tried);
    const what = `${asked.method} ${asked.url}`;
    if (!url) {
      cut.push(`${what}: no process took it`);
      answer.writeHead(502).end();
      return;
    }
    tried.add(url);
    const passed = request(url + asked.url, { method: asked.method, headers: asked.headers });
    passed.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED") return forward(asked, answer, body, tried);
      if (!answer.destroyed) cut.push(`${what}: ${error.message}`);
      answer.destroy();
    });
    passed.once("response", (back) => {
      answer.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(answer);
      back.once("close", () => {
        if (!back.complete && !answer.destroyed) {
          cut.push(`${what}: broke off`);
          answer.destroy();
        }
      });
      answer.once("close", () => back.destroy());
    });
    passed.end(body);
  }

  const server: Server = createServer(async (asked, answer) => {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part);
    forward(asked, answer, Buffer.concat(parts), new Set());
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  const looking = look();
  return {
    add: (url) => void ready.set(url, false),
    remove: (url) => void ready.delete(url),
    cut: () => cut,
    close: async () => {
      isOpen = false;
      await looking;
      server.closeAllConnections();
      server.close();
    },
  };
}

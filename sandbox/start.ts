/** Starts the stand-ins: Google, Zoom and a mail inbox as real servers on 127.0.0.1. */
import type { Server as HttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { SMTPServer } from "smtp-server";
import { seedAccounts } from "#sandbox/accounts.ts";
import { controlRoutes } from "#sandbox/control.ts";
import { findOrMakeKey, keepKey } from "#sandbox/google/identity.ts";
import { googleEnv, googleRoutes } from "#sandbox/google/routes.ts";
import { makeServer, Router, redirect } from "#sandbox/http.ts";
import { inboxRoutes } from "#sandbox/mail/inbox.ts";
import { makeMailServer } from "#sandbox/mail/server.ts";
import { roomRoutes } from "#sandbox/rooms.ts";
import { Journal } from "#sandbox/state.ts";
import { World } from "#sandbox/world.ts";
import { zoomEnv, zoomRoutes } from "#sandbox/zoom/routes.ts";

export interface SandboxOptions {
  /** Where the state is kept. A second start there continues with everything, on the same ports. */
  stateDir: string;
  /** The HTTP port. Left out: the remembered one, or else a free one. */
  port?: number;
  /** The app's base URL. Its two callback addresses are registered and replace earlier ones. */
  appUrl: string;
  google: boolean;
  zoom: boolean;
  mail: boolean;
  clock?: () => Date;
  /** Called whenever a switch holds back a call: a test can end it without waiting for a deadline. */
  onHold?: () => void;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What to add to the app's environment. */
  env: Record<string, string>;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

function listen(server: Server, port: number, what: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `The sandbox's ${what} port ${port} is taken by another process.`;
      reject(error.code === "EADDRINUSE" ? new Error(taken, { cause: error }) : error);
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

const close = (server: HttpServer) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const closeMail = (mail: SMTPServer) => new Promise<void>((resolve) => mail.close(() => resolve()));

function routes(world: World, options: SandboxOptions): Router {
  const router = new Router();
  if (options.google) googleRoutes(router, world);
  if (options.zoom) zoomRoutes(router, world);
  if (options.mail) {
    inboxRoutes(router, world);
    router.on("GET", "/", () => redirect(new URL("/inbox", world.url)));
  }
  roomRoutes(router, world);
  controlRoutes(router, world);
  return router;
}

/**
 * @throws Error with one line when a port is taken. Links that were handed out lead to the remembered port,
 *   so another one is not silently chosen.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const journal = new Journal(options.stateDir);
  const world = new World(
    journal,
    options.clock ?? (() => new Date()),
    options.appUrl,
    options.onHold,
  );
  const ports = journal.collection<number>("ports");
  const server = makeServer(routes(world, options));
  const mail = options.mail ? makeMailServer(world) : null;

  const key = options.google ? await findOrMakeKey(world) : null;

  const mailPort = mail ? await listen(mail.server, ports.get("smtp") ?? 0, "SMTP") : null;
  const port = await listen(server, options.port ?? ports.get("http") ?? 0, "HTTP").catch(
    async (error: unknown) => {
      if (mail) await closeMail(mail);
      throw error;
    },
  );
  // Holding the ports proves that no other process writes to this journal. No await may stand between
  // listening and this, or a request could arrive before there is a journal to write to.
  journal.open();
  world.url = `http://${HOST}:${port}`;
  ports.set("http", port);
  if (mailPort !== null) ports.set("smtp", mailPort);
  if (key) {
    keepKey(world, key);
    seedAccounts(world, "google");
  }
  if (options.zoom) seedAccounts(world, "zoom");

  return {
    url: world.url,
    env: {
      ...(options.google && googleEnv(world.url)),
      ...(options.zoom && zoomEnv(world.url)),
      ...(mailPort !== null && {
        SMTP_URL: `smtp://${HOST}:${mailPort}`,
        INBOX_URL: `${world.url}/inbox`,
      }),
    },
    async stop() {
      world.faults.replace([]);
      world.mailTroubles.replace([]);
      if (mail) await closeMail(mail);
      await close(server);
      journal.close();
    },
  };
}

/**
 * Loaded into the web process before anything else, because Next makes its HTTP server itself: the door is put
 * before that server at the moment when it is told to listen.
 */
import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";
import { standBefore } from "#server/gate/door.ts";

/** `launch.ts` sets it, to what the configuration says. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} isn't set`);
  return value;
}

const guarded = new WeakSet<Server>();

subscribe("tracing:net.server.listen:asyncStart", (message) => {
  const server: unknown = Reflect.get(Object(message), "server");
  if (!(server instanceof Server) || guarded.has(server)) return;
  guarded.add(server);
  standBefore(server, {
    appUrl: required("APP_URL"),
    isDevelopment: process.env.NODE_ENV === "development",
  });
});

import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/**
 * Systems give ports from 32768 on to outgoing connections, so none below can be taken that way between this
 * call and the moment when the caller listens.
 */
const FIRST = 20_000;
const COUNT = 10_000;

/** A free port of 127.0.0.1, which no other call gets while this process runs, in whichever process it is. */
export async function freePort(): Promise<number> {
  const start = Math.floor(Math.random() * COUNT);
  for (let tries = 0; tries < COUNT; tries++) {
    const port = FIRST + ((start + tries) % COUNT);
    if ((await reserve(port)) && (await isFree(port))) return port;
  }
  throw new Error("No port is free");
}

/** The socket on UDP's port of the same number is the lock: it ends with the process, however that ends. */
async function reserve(port: number): Promise<boolean> {
  const lock = createSocket("udp4");
  return new Promise((resolve) => {
    lock.once("error", () => resolve(false));
    lock.bind({ port, address: "127.0.0.1", exclusive: true }, () => resolve(true));
    lock.unref();
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

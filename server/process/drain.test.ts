import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { PATIENCE_MS } from "#tests/harness/patience.ts";
import { Drain } from "./drain.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function serving(listener: RequestListener) {
  const drain = new Drain();
  const server = createServer(listener);
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(
    drain.watch(),
    () => void server.close(),
    () => server.closeAllConnections(),
  );
  const { port } = server.address() as AddressInfo;
  /** Asks, and reads nothing of the answer yet. */
  const asked = async (): Promise<Socket> => {
    const socket = connect(port, "127.0.0.1");
    ends.push(() => socket.destroy());
    socket.pause();
    const isTaken = once(server, "request");
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await isTaken;
    return socket;
  };
  return { drain, asked, port };
}

const patience = { waitMs: 0, finishMs: PATIENCE_MS };

/** Everything that still comes, until the other side ends the connection. */
async function rest(socket: Socket): Promise<number> {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  socket.resume();
  await once(socket, "end");
  return bytes;
}

test("somebody who reads slowly gets all of an answer that was written before the stop", async () => {
  const size = 12_000_000;
  const { drain, asked } = await serving((_request, response) => response.end(Buffer.alloc(size)));
  const slow = await asked();
  const finished = drain.finish(patience);
  expect(await rest(slow)).toBeGreaterThan(size);
  expect(await finished).toBe(0);
});

test("a connection that was kept ends with the stop, and nobody new is let in", async () => {
  const { drain, asked, port } = await serving((_request, response) => response.end("done"));
  const kept = await asked();
  const read = rest(kept);
  await expect.poll(() => kept.bytesRead).toBeGreaterThan(0);
  expect(await drain.finish(patience)).toBe(0);
  expect(await read).toBeGreaterThan(0);
  const [refused] = await once(connect(port, "127.0.0.1"), "error");
  expect(refused).toMatchObject({ code: "ECONNREFUSED" });
});

test("streams end, also one that begins while the others do, and its connection with it", async () => {
  const begin: (() => void)[] = [];
  const { drain, asked } = await serving((_request, response) => {
    response.write("first");
    begin.push(() => drain.endWithProcess(() => response.end("last")));
  });
  const [early, late] = [await asked(), await asked()];
  begin[0]?.();
  const finished = drain.finish(patience);
  const read = rest(early);
  await read;
  begin[1]?.();
  expect(await rest(late)).toBeGreaterThan("firstlast".length);
  expect(await finished).toBe(0);
});

test("what doesn't end is given up in time, and counted", async () => {
  const { drain, asked } = await serving(() => undefined);
  await asked();
  expect(drain.isDraining).toBe(false);
  expect(await drain.finish({ waitMs: 0, finishMs: 50 })).toBe(1);
  expect(drain.isDraining).toBe(true);
});

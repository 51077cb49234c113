import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { clientAddress, noteSocketAddresses } from "./clientAddress.ts";
import { SOCKET_HEADER } from "./headers.ts";

const address = (proxies: number, forwarded: string | null, socket?: string) =>
  clientAddress(
    new Headers({
      ...(forwarded !== null && { "x-forwarded-for": forwarded }),
      ...(socket && { [SOCKET_HEADER]: socket }),
    }),
    proxies,
  );

test.each([
  [1, "203.0.113.9", "203.0.113.9"],
  [1, "6.6.6.6, 203.0.113.9", "203.0.113.9"],
  [1, "6.6.6.6,  7.7.7.7,203.0.113.9", "203.0.113.9"],
  [2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
  [3, "6.6.6.6, 203.0.113.9, 10.0.0.2, 10.0.0.1", "203.0.113.9"],
  [1, "6.6.6.6, nonsense", "unknown"],
  [1, "6.6.6.6, ", "unknown"],
  [1, "", "unknown"],
  [1, null, "unknown"],
  [2, "203.0.113.9", "unknown"],
  [1, "203.0.113.9:4711", "203.0.113.9"],
  [1, "999.0.113.9", "unknown"],
  [1, "203.0.113.9' or 1=1", "unknown"],
])("behind %i proxies that wrote %j the sender is %s", (proxies, forwarded, expected) => {
  expect(address(proxies, forwarded, "10.9.9.9")).toBe(expected);
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
  ["2001:db8:1:2::1", "2001:db8:1:2::"],
  ["2001:DB8:0001:0002:ffff::", "2001:db8:1:2::"],
  ["2001:db8:1:3::1", "2001:db8:1:3::"],
  ["[2001:db8:1:2::1]:443", "2001:db8:1:2::"],
  ["2001:db8::1", "2001:db8:0:0::"],
  ["fe80::1%eth0", "fe80:0:0:0::"],
  ["::1", "0:0:0:0::"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["::ffff:cb00:7109", "203.0.113.9"],
  ["[::ffff:203.0.113.9]:80", "203.0.113.9"],
  ["2001:db8:::1", "unknown"],
])("%s counts as %s", (written, expected) => {
  expect(address(1, written)).toBe(expected);
});

test("without a proxy the connection tells, whatever the sender wrote", () => {
  expect(address(0, "6.6.6.6", "192.0.2.7")).toBe("192.0.2.7");
  expect(address(0, "6.6.6.6")).toBe("unknown");
});

test("the connection's address replaces what the sender wrote into its header", async () => {
  noteSocketAddresses();
  const server = createServer(({ headers }, answer) => {
    answer.end(String(headers[SOCKET_HEADER]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { [SOCKET_HEADER]: "6.6.6.6", "x-forwarded-for": "6.6.6.6" };
  const text = await new Promise<string>((resolve, reject) => {
    get({ port, host: "127.0.0.1", headers }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      answer.on("end", () => resolve(body));
    }).on("error", reject);
  });
  server.close();
  expect(text).toBe("127.0.0.1");
});

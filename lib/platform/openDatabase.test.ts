import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "#tests/harness/ports.ts";
import { ConfigError } from "./configError.ts";
import { cannotOpen, openDatabase } from "./openDatabase.ts";
import { codeOf, reasonOf } from "./reason.ts";

async function refusal(databaseUrl: string): Promise<string> {
  const error = await openDatabase({ databaseUrl, dataDir: "" }, 1).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect(error.message).not.toContain("secret");
  return error.message;
}

test.each(["127.0.0.1", "localhost"])(
  "a port of %s where nobody listens is named",
  async (host) => {
    const port = await freePort();
    expect(await refusal(`postgres://segue:secret@${host}:${port}/segue`)).toMatch(
      new RegExp(
        `^DATABASE_URL: no database server listens there \\(connect ECONNREFUSED [^\n]+:${port}\\). Start it, or [^\n]+$`,
      ),
    );
  },
);

test("a host that nobody knows is named", () => {
  const message = "getaddrinfo ENOTFOUND nowhere.invalid";
  expect(cannotOpen(Object.assign(new Error(message), { code: "ENOTFOUND" })).message).toBe(
    `DATABASE_URL: its host can't be found (${message}). Correct the host.`,
  );
});

test("what can't be read, or isn't a database, is said in one line too", async () => {
  expect(await refusal("postgres://%ff:secret@127.0.0.1/segue")).toMatch(
    /^DATABASE_URL: the database can't be opened \(URI malformed\)\. [^\n]+$/,
  );
  const web = createServer();
  await once(web.listen(0, "127.0.0.1"), "listening");
  const { port } = web.address() as AddressInfo;
  expect(await refusal(`postgres://segue:secret@127.0.0.1:${port}/segue`)).toMatch(
    /^DATABASE_URL: the database can't be opened \([^\n]+\)\. [^\n]+$/,
  );
  web.close();
  web.closeAllConnections();
});

test("a reason is one line and never empty", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  expect(reasonOf(new AggregateError([new Error("first"), refused]))).toBe("connect ECONNREFUSED");
  expect(codeOf(new AggregateError([refused]))).toBe("ECONNREFUSED");
  expect(reasonOf(new Error("one\n  two"))).toBe("one two");
  expect(reasonOf(Object.assign(new Error(""), { code: "EPIPE" }))).toBe("EPIPE");
  expect(reasonOf(new TypeError())).toBe("TypeError");
  expect(reasonOf({ name: "ErrnoError" })).toBe("ErrnoError");
  expect(reasonOf("said\nso")).toBe("said so");
  for (const nothing of [undefined, null, "", {}]) {
    expect(reasonOf(nothing)).toBe("no reason was given");
  }
});

/** Connections to a PostgreSQL that speaks TLS, and to one that doesn't. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { openDatabase } from "../openDatabase.ts";

const databaseCaFile = join(
  import.meta.dirname,
  "../../../tests/harness/databases/certificates/ca.pem",
);
let secure: PostgresServer;
let plain: PostgresServer;
beforeAll(async () => {
  [secure, plain] = await Promise.all([startPostgres({ tls: true }), startPostgres()]);
});
afterAll(() => Promise.all([secure?.stop(), plain?.stop()]));

const databaseUrl = (server: PostgresServer, host = "127.0.0.1") =>
  `${server.url("postgres").replace("127.0.0.1", host)}?sslmode=require`;
const refusal = (settings: { databaseUrl: string; databaseCaFile?: string }) =>
  openDatabase({ dataDir: "", ...settings }, 1).then(
    () => "none",
    (error: Error) => error.message,
  );

test("with the certificate that the server's comes from, the connection is made", async () => {
  const settings = { databaseUrl: databaseUrl(secure), databaseCaFile, dataDir: "" };
  const database = await openDatabase(settings, 1);
  await database.close();
});

test("without it, the one line says which setting names it", async () => {
  expect(await refusal({ databaseUrl: databaseUrl(secure) })).toMatch(
    /^DATABASE_URL: the server's certificate comes from nobody [^\n]+ DATABASE_CA_FILE [^\n]+$/,
  );
});

test("a certificate for another host is refused, however trusted it is", async () => {
  const other = { databaseUrl: databaseUrl(secure, "localhost"), databaseCaFile };
  expect(await refusal(other)).toMatch(
    /^DATABASE_URL: the server's certificate is for another host [^\n]+$/,
  );
});

test("a server without TLS is refused where TLS is asked for", async () => {
  expect(await refusal({ databaseUrl: databaseUrl(plain), databaseCaFile })).toMatch(
    /^DATABASE_URL: the server speaks no TLS, [^\n]+$/,
  );
});

test("a file of certificates that can't be read is named", async () => {
  const missing = { databaseUrl: databaseUrl(secure), databaseCaFile: "/nowhere/ca.pem" };
  expect(await refusal(missing)).toMatch(/^DATABASE_CA_FILE: [^\n]+ENOENT[^\n]+$/);
});

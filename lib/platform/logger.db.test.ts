import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { ownDatabase } from "#tests/harness/databases/database.ts";
import { asService } from "./db.ts";
import { createLogger, type Logger } from "./logger.ts";

let written: string;
let log: Logger;

const database = ownDatabase();

beforeEach(() => {
  written = "";
  log = createLogger("info", {
    write: (line) => {
      written += line;
    },
  });
});

test("a failed query's text and parameters stand in no log line, alone or as a cause", async () => {
  const link = "https://segue.example/reset-password?token=SECRET";
  const err = await fails(
    sql`insert into private.mail_texts (to_email, text_body) values (${link}, ${link})`,
  );
  log.error({ err }, "A request failed unexpectedly");
  log.error({ err: new Error("The mail wasn't written", { cause: err }) }, "Again");
  const lines = written.trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(written).not.toContain("SECRET");
  expect(written).not.toContain("insert into private.mail_texts");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    msg: "A request failed unexpectedly",
    err: {
      type: expect.any(String),
      message: expect.stringContaining("null value in column"),
      stack: expect.any(String),
      code: "23502",
    },
  });
  expect(lines[1]).toContain("The mail wasn't written: null value in column");
});

test("tokens and links stand in no log line", () => {
  const grant = { accessToken: "t-1", refreshToken: "t-2", authorization: "t-3", password: "t-4" };
  log.info({ grant, meeting: { joinUrl: "t-5", id: "m" } }, "Made");
  expect(written).not.toMatch(/t-\d/);
  expect(JSON.parse(written)).toMatchObject({ meeting: { id: "m" } });
});

const fails = async (query: ReturnType<typeof sql>): Promise<unknown> =>
  asService(database.db, (trx) => query.execute(trx)).then(
    () => null,
    (error: unknown) => error,
  );

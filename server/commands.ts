/** What the command line asks of the data: here in the process that has it open, or by itself on a server. */
import { timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { loadConfig } from "#lib/platform/config.ts";
import { openServer } from "#lib/platform/db.ts";
import { loadSecrets } from "#lib/platform/secrets.ts";
import type { Context } from "#lib/services/context.ts";
import { notFound, Refusal } from "#lib/services/errors.ts";
import { parseInput } from "#lib/services/input.ts";
import { rotateKeys } from "#lib/services/rotateKeys.ts";
import { guarded, json, readJson } from "./http.ts";
import { runtime } from "./runtime.ts";

const request = z.object({ command: z.string(), args: z.array(z.string()) });

/** What a command has in hand, also where no app runs. */
type Means = Pick<Context, "db" | "config">;

const commands: Record<string, (means: Means, args: string[]) => Promise<unknown>> = {
  /** Rows of one query, as the database's owner: whoever has the machine has the data. */
  sql: async ({ db }, [query = ""]) => (await sql.raw(query).execute(db)).rows,
  "make-admin": async ({ db }, [email = ""]) => {
    const person = await db
      .updateTable("people")
      .set({ role: "admin" })
      .where("email", "=", email.toLowerCase())
      .returning(["id", "name", "email", "role"])
      .executeTakeFirst();
    if (!person) throw notFound("account");
    return person;
  },
  "rotate-keys": (means) => rotateKeys(means),
};

async function run(means: Means, command: string, args: string[]): Promise<unknown> {
  const work = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!work) throw new Refusal("invalid_input", `There is no command "${command}".`, "command");
  try {
    return await work(means, args);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Whoever typed it wants to read what the database said.
    throw Object.assign(new Refusal("invalid_input", String(error)), { cause: error });
  }
}

/** On a database server, without a running app. */
export async function runCommand(command: string, args: string[]): Promise<unknown> {
  const config = loadConfig();
  const { databaseUrl } = config;
  if (!databaseUrl) throw new Error("runCommand needs DATABASE_URL");
  const database = openServer(databaseUrl, 1);
  try {
    return await run({ db: database.db, config }, command, args);
  } finally {
    await database.close();
  }
}

/** For an embedded database only; its secret lies in `DATA_DIR`, readable by the owner alone. */
export const commandRoute = (call: Request): Promise<Response> =>
  guarded(async (ctx) => {
    const { databaseUrl, dataDir } = ctx.config;
    if (databaseUrl || !holdsSecret(call, loadSecrets(dataDir).cliSecret)) {
      throw notFound("page");
    }
    const { command, args } = parseInput(request, await readJson(call));
    return json(await run({ db: runtime().database.db, config: ctx.config }, command, args));
  });

function holdsSecret(call: Request, secret: string): boolean {
  const shown = Buffer.from(call.headers.get("authorization") ?? "");
  const expected = Buffer.from(`Bearer ${secret}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}

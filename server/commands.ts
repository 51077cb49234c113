/**
 * What the command line does with the data: in the process that has it open, or by itself on a database
 * server. The latter is plain Node, so nothing of Next may be imported here.
 */
import { sql } from "kysely";
import { type Config, loadConfig } from "#lib/platform/config.ts";
import { openDatabase } from "#lib/platform/openDatabase.ts";
import { rotateKeys } from "#lib/services/calls/rotateKeys.ts";
import { makeAdmin } from "#lib/services/people/makeAdmin.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { allZoneChanges } from "#lib/services/sessions/zoneChanges.ts";
import { declareOutage, endOutage } from "#lib/services/support/declareOutage.ts";
import { readOutage } from "#lib/services/support/readOutage.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { createContext } from "./context.ts";
import { doctor } from "./doctor.ts";

const commands: Record<string, (ctx: Context, args: string[]) => Promise<unknown>> = {
  /** Returns the rows of one query, run as the database's owner: whoever has the machine has the data. */
  sql: async ({ db }, [query = ""]) => (await sql.raw(query).execute(db)).rows,
  "make-admin": (ctx, [email = ""]) => makeAdmin(ctx, email),
  confirm: (ctx, [email = ""]) => confirmByHand(ctx, email),
  "rotate-keys": (ctx) => rotateKeys(ctx),
  "zone-changes": (ctx) => allZoneChanges(ctx),
  doctor: (ctx, [who]) => doctor(ctx, who),
  outage: (ctx, [provider = ""]) => readOutage(ctx, null, provider),
  "declare-outage": (ctx, [provider = "", yes]) => declareOutage(ctx, null, provider, { yes }),
  "end-outage": (ctx, [provider = "", yes]) => endOutage(ctx, null, provider, { yes }),
};

/** @throws Refusal in words for the person who typed the command */
export async function perform(ctx: Context, command: string, args: string[]): Promise<unknown> {
  const work = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!work) throw new Refusal("invalid_input", "noCommand", { command, field: "command" });
  try {
    return await work(ctx, args);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The person who typed the command wants to read what the database said.
    throw Object.assign(new Refusal("invalid_input", "said", { words: String(error) }), {
      cause: error,
    });
  }
}

/**
 * Runs a command on a database server without a running app. The sweep of a running app does the work that
 * follows.
 */
export async function runCommand(
  command: string,
  args: string[],
  config: Config = loadConfig(),
): Promise<unknown> {
  if (!config.databaseUrl) throw new Error("runCommand needs DATABASE_URL");
  const database = await openDatabase(config, 1);
  try {
    const { ctx } = createContext({ ...config, logLevel: "silent" }, database);
    const unheard = async () => undefined;
    return await perform({ ...ctx, nudge: unheard, nudgeMail: unheard }, command, args);
  } finally {
    await database.close();
  }
}

/**
 * Runs a command where the database is: in this process with DATABASE_URL, otherwise inside the running Segue
 * that owns the embedded folder, over loopback and with the secret kept in that folder.
 */
import { resolve } from "node:path";
import { z } from "zod";
import { toldAddress } from "#lib/platform/dataFolder.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import type { Secrets } from "#lib/platform/secrets.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { CommandError } from "./commandError.ts";
import { configure, readEnvironment } from "./environment.ts";

const problem = z.object({ detail: z.string().optional(), title: z.string() });

/**
 * @returns the command's answer, as parsed from JSON
 * @throws CommandError with the line to print
 */
export async function runWhereTheDataIs(command: string, args: string[]): Promise<unknown> {
  const { config, secrets } = configure(readEnvironment());
  if (!secrets) {
    const { runCommand } = await import("#server/commands.ts");
    return runCommand(command, args).catch((error: unknown) => {
      if (error instanceof Refusal) throw new CommandError(error.message, { cause: error });
      throw error;
    });
  }
  const folder = resolve(config.dataDir);
  const told = toldAddress(folder);
  // From another container the process that serves the folder can't be seen, but perhaps reached.
  const url = told ?? config.appUrl;
  const { isDone, body } = await ask(url, secrets, { command, args }).catch((error: Error) => {
    throw new CommandError(
      told
        ? `The Segue that serves the data folder ${folder} doesn't answer at ${url} (${reasonOf(error.cause ?? error)}). Try again, or restart it.`
        : `No running Segue serves the data folder ${folder}, and none answers at ${url}. Start it first, or set DATA_DIR to the folder of the one that runs.`,
      { cause: error },
    );
  });
  if (isDone) return body;
  const { detail, title } = problem.parse(body);
  throw new CommandError(detail ?? title);
}

async function ask(url: string, { cliSecret }: Secrets, what: { command: string; args: string[] }) {
  const answer = await fetch(`${url}/api/cli`, {
    method: "POST",
    headers: { authorization: `Bearer ${cliSecret}`, "content-type": "application/json" },
    body: JSON.stringify(what),
  });
  const body: unknown = await answer.json();
  return { isDone: answer.ok, body };
}

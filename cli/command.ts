/**
 * Runs a command where the database is: in this process with DATABASE_URL, otherwise inside the running Segue
 * that owns the embedded folder, over loopback and with the secret kept in that folder.
 */
import { z } from "zod";
import { Refusal } from "#lib/services/errors.ts";
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
  const answer = await fetch(`${config.appUrl}/api/cli`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${secrets.cliSecret}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ command, args }),
  }).catch((error: unknown) => {
    throw new CommandError(
      `No Segue answers at ${config.appUrl}. The embedded database belongs to the running one: start it first.`,
      { cause: error },
    );
  });
  const body: unknown = await answer.json();
  if (answer.ok) return body;
  const { detail, title } = problem.parse(body);
  throw new CommandError(detail ?? title);
}

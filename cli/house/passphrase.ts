/** What seals a house's file. It is never an argument: those can be read by everybody on the machine. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandError } from "../commandError.ts";

const SHORTEST = 12;

/** @param env with `SEGUE_PASSPHRASE`, or else the terminal is asked twice. @throws CommandError */
export async function newPassphrase({ SEGUE_PASSPHRASE: given }: Env): Promise<string> {
  const passphrase = given || (await askHidden("A passphrase for the file: "));
  if (passphrase.length < SHORTEST) {
    throw new CommandError(
      `The passphrase needs ${SHORTEST} characters or more: whoever has the file can try as many as they like.`,
    );
  }
  if (!given && (await askHidden("The same once more: ")) !== passphrase) {
    throw new CommandError("The two passphrases differ. Nothing was exported.");
  }
  return passphrase;
}

/** @throws CommandError */
export const knownPassphrase = async ({ SEGUE_PASSPHRASE: given }: Env): Promise<string> =>
  given || (await askHidden("The file's passphrase: "));

type Env = { SEGUE_PASSPHRASE?: string | undefined };

/** What is typed isn't shown. */
async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      "Set SEGUE_PASSPHRASE in the environment, or run the command at a terminal, which then asks for the passphrase.",
    );
  }
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_bytes, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stopped = new AbortController();
  asking.once("SIGINT", () => stopped.abort());
  try {
    return await asking.question("", { signal: stopped.signal });
  } catch (error) {
    throw new CommandError("Stopped. Nothing was done.", { cause: error });
  } finally {
    asking.close();
    process.stderr.write("\n");
  }
}

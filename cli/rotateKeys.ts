import { z } from "zod";
import { runWhereTheDataIs } from "./command.ts";
import { CommandError } from "./commandError.ts";

const rotation = z.object({ resealed: z.number(), unreadable: z.number() });

export async function rotateKeys(args: string[]): Promise<number> {
  if (args.length > 0) throw new CommandError("Usage: rotate-keys");
  const { resealed, unreadable } = rotation.parse(await runWhereTheDataIs("rotate-keys", []));
  console.log(`Tokens sealed anew with the first key: ${resealed}.`);
  if (unreadable === 0) return 0;
  throw new CommandError(
    `Tokens that no key in TOKEN_ENCRYPTION_KEYS opens: ${unreadable}. Is a key missing?`,
  );
}

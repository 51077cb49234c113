/** What both ways of moving have in common. */
import { resolve } from "node:path";
import { FolderInUse } from "#lib/platform/embedded/folderLock.ts";
import { CannotMove } from "#server/house/refusal.ts";
import { CommandError } from "../commandError.ts";

/** npm runs a command in the project's folder, and tells where the operator was. */
export const placeOf = (file: string): string => resolve(process.env.INIT_CWD ?? ".", file);

/** @throws CommandError with the one line about what hinders it */
export const inOneLine = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    if (error instanceof CannotMove || error instanceof FolderInUse) {
      throw new CommandError(error.message, { cause: error });
    }
    throw error;
  });

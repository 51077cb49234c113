/** Ends a command with exit code 1 and prints its message as the only line. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Ends a command with exit code 1 and prints nothing, because the web process has said why. */
export class AlreadySaid extends Error {
  override readonly name = "AlreadySaid";
}

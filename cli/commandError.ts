/** Ends a command with its message as the only line, and exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

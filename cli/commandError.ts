/** Ends a command with exit code 1 and prints its message as the only line. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

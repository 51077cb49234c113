/** Where every address of a host was tried in vain, the error itself says nothing, but that of the last try does. */
const innermost = (error: unknown): unknown =>
  error instanceof AggregateError && error.errors.length > 0
    ? innermost(error.errors.at(-1))
    : error;

/** @returns what the error says, in one line that is never empty */
export function reasonOf(error: unknown): string {
  const inner = innermost(error);
  // What a WebAssembly module throws is no Error, but has a name too.
  const { message, code, name } = Object(inner);
  const said = typeof inner === "object" ? message || code || name : inner;
  return `${said ?? ""}`.replace(/\s+/g, " ").trim() || "no reason was given";
}

/** The database's code for a row that would hang on one that doesn't exist. */
export const FOREIGN_KEY_VIOLATION = "23503";

/** The database's code for what the role may not do. */
export const INSUFFICIENT_PRIVILEGE = "42501";

/** @returns the code of the system or of the database; undefined where the error has none */
export function codeOf(error: unknown): string | undefined {
  const { code } = (innermost(error) ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

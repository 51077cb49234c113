/** A start can't work with this setting. The message is one line that names it and says what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The exit code of a web process that can't start and has said why: its launcher has nothing to add. */
export const HAS_SAID_WHY = 78;

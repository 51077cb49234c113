/** The configuration of a command: the environment, `.env`, and the installation's own secrets. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Config, parseConfig } from "#lib/platform/config.ts";
import { ConfigError } from "#lib/platform/configError.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import { loadSecrets, type Secrets } from "#lib/platform/secrets.ts";

export type Environment = Record<string, string | undefined>;

export interface Configuration {
  config: Config;
  /** Null with DATABASE_URL, because then the environment holds the secrets. */
  secrets: Secrets | null;
}

/**
 * A variable of the environment overrides the same one in `.env`.
 * @throws ConfigError
 */
export function readEnvironment(): Environment {
  try {
    if (existsSync(".env")) process.loadEnvFile(".env");
  } catch (error) {
    throw new ConfigError(
      `.env: it can't be read (${reasonOf(error)}). Make it a file that Segue may read, or take it away.`,
      { cause: error },
    );
  }
  return process.env;
}

/** @throws ConfigError */
export function configure(env: Environment): Configuration {
  const secrets = env.DATABASE_URL ? null : loadSecrets(resolve(env.DATA_DIR || ".data"));
  return { config: parseConfig(env, secrets ?? {}), secrets };
}

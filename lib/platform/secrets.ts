/** Secrets of an embedded installation: created once, kept in `DATA_DIR`, and readable only by its owner. */
import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError } from "./configError.ts";
import { inDataFolder } from "./dataFolder.ts";

const schema = z.object({
  authSecret: z.string().min(32),
  tokenKeys: z.string().min(1),
  /** Lets the command line talk to the running app over loopback. */
  cliSecret: z.string().min(32),
});

export type Secrets = z.infer<typeof schema>;

/**
 * Reads the secrets in `dataDir`, and creates them (mode 600) where there are none yet.
 * @throws ConfigError
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  const made: Secrets = {
    authSecret: randomBytes(32).toString("base64url"),
    tokenKeys: `k1:${randomBytes(32).toString("base64")}`,
    cliSecret: randomBytes(32).toString("base64url"),
  };
  return inDataFolder(dataDir, () => {
    try {
      // "wx": of two processes that start at once, one writes and the other reads what it wrote.
      writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { flag: "wx", mode: 0o600 });
      return made;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      return parse(readFileSync(file, "utf8"), file);
    }
  });
}

/**
 * Puts another installation's secrets in the place of these. The command line's own stays, which nobody else knows.
 * Whoever is interrupted leaves either the old ones or the new.
 * @throws ConfigError
 */
export function replaceSecrets(
  dataDir: string,
  moved: Pick<Secrets, "authSecret" | "tokenKeys">,
): void {
  const { cliSecret } = loadSecrets(dataDir);
  const secrets: Secrets = { ...moved, cliSecret };
  const file = join(dataDir, "secrets.json");
  inDataFolder(dataDir, () => {
    const fresh = `${file}.new`;
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    renameSync(fresh, file);
  });
}

function parse(text: string, file: string): Secrets {
  // Why it is damaged isn't told: JSON.parse quotes the text, which is secret.
  const { data } = schema.safeParse(fromJson(text));
  if (data) return data;
  throw new ConfigError(
    `DATA_DIR: ${file} is damaged. Put back a copy of it, or move the whole folder away to begin anew.`,
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

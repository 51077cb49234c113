/** Secrets of an embedded installation: created once, kept in `DATA_DIR`, and readable only by its owner. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const schema = z.object({
  authSecret: z.string().min(32),
  tokenKeys: z.string().min(1),
  /** Lets the command line talk to the running app over loopback. */
  cliSecret: z.string().min(32),
});

export type Secrets = z.infer<typeof schema>;

/** Reads the secrets in `dataDir`, and creates them (mode 600) where there are none yet. */
export function loadSecrets(dataDir: string): Secrets {
  const file = join(dataDir, "secrets.json");
  const made: Secrets = {
    authSecret: randomBytes(32).toString("base64url"),
    tokenKeys: `k1:${randomBytes(32).toString("base64")}`,
    cliSecret: randomBytes(32).toString("base64url"),
  };
  mkdirSync(dataDir, { recursive: true });
  try {
    // "wx": of two processes that start at once, one writes and the other reads what it wrote.
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  }
}

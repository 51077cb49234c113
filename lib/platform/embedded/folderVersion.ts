import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../configError.ts";

/** The PostgreSQL inside the embedded database. */
const VERSION = "18";

/**
 * An engine of another version fails on the folder without saying why, so the folder is asked first.
 * @param folder of the database, which may be new
 * @throws ConfigError
 */
export function assertFolderVersion(folder: string): void {
  const file = join(/* turbopackIgnore: true */ folder, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : VERSION;
  if (found === VERSION) return;
  throw new ConfigError(
    `DATA_DIR: the database in ${folder} is PostgreSQL ${found}'s, and this Segue embeds PostgreSQL ${VERSION}. Leave the folder as it is and move to a database server with the Segue that made it, as docs/guide.md says under Moving house.`,
  );
}

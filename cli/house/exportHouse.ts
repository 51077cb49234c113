/** `segue export`: writes everything that this Segue knows into one sealed file. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { exportHouse } from "#server/house/exportHouse.ts";
import { CommandError } from "../commandError.ts";
import { configure, type Environment, readEnvironment } from "../environment.ts";
import { asOwner } from "../owner.ts";
import { inOneLine, placeOf } from "./moving.ts";
import { newPassphrase } from "./passphrase.ts";

const WITH_KEYS = "--with-keys";

export async function exportTo(args: string[]): Promise<number> {
  const [name, ...more] = args.filter((arg) => arg !== WITH_KEYS);
  if (!name || more.length > 0) throw new CommandError(`Usage: export <file> [${WITH_KEYS}]`);
  const file = placeOf(name);
  const env = readEnvironment();
  assertThere(env);
  const { config } = configure(env);
  const passphrase = await newPassphrase(env);
  const withKeys = args.includes(WITH_KEYS);
  const rows = await inOneLine(
    asOwner(config, ({ owner }) => exportHouse(owner, config, { file, passphrase, withKeys })),
  );
  const keys = withKeys ? "with the keys" : "without the keys";
  console.log(`Exported ${rows} rows, ${keys}, to ${file}`);
  return 0;
}

/** Whoever opens an embedded database that isn't there makes one. */
function assertThere({ DATABASE_URL, DATA_DIR }: Environment): void {
  const folder = resolve(DATA_DIR || ".data");
  if (DATABASE_URL || existsSync(join(folder, "db"))) return;
  throw new CommandError(
    `There is no database in ${folder}. Set DATA_DIR to the folder of the Segue that moves, or DATABASE_URL.`,
  );
}

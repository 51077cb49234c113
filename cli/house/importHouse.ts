/** `segue import`: fills an empty database with what an export wrote. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Config, parseConfig } from "#lib/platform/config.ts";
import { codeOf, reasonOf } from "#lib/platform/reason.ts";
import { loadSecrets, replaceSecrets } from "#lib/platform/secrets.ts";
import { openHouse } from "#server/house/file.ts";
import { assertEmpty, importHouse } from "#server/house/importHouse.ts";
import {
  assertOpens,
  assertThisVersion,
  type Keys,
  keysIn,
  readManifest,
} from "#server/house/manifest.ts";
import { CannotMove } from "#server/house/refusal.ts";
import { CommandError } from "../commandError.ts";
import { type Environment, readEnvironment } from "../environment.ts";
import { asOwner } from "../owner.ts";
import { inOneLine, placeOf } from "./moving.ts";
import { knownPassphrase } from "./passphrase.ts";

export async function importFrom([name, ...more]: string[]): Promise<number> {
  if (!name || more.length > 0) throw new CommandError("Usage: import <file>");
  console.log(await inOneLine(importFile(placeOf(name), readEnvironment())));
  return 0;
}

/** @returns what to tell the operator */
async function importFile(file: string, env: Environment): Promise<string> {
  const house = await openHouse(file);
  assertThisVersion(house.migration);
  const lines = house.lines(await knownPassphrase(env));
  try {
    const manifest = await readManifest(lines);
    const moved = manifest.keys;
    const config = parseConfig(env, moved ?? (env.DATABASE_URL ? {} : ownSecrets(env)));
    if (!moved) assertOpens(manifest, config.tokenKeys);
    const keeping = moved && placeForKeys(moved, config, { env, file });
    const rows = await asOwner(config, async ({ owner, setUp }) => {
      // Before anything is brought up to date: somebody's older database stays as it is.
      await assertEmpty(owner.db);
      await setUp();
      return importHouse(owner, { manifest, lines }, () => keeping?.keep());
    });
    return `Imported ${rows} rows. ${keeping?.said ?? ""}Never start the old Segue again.`;
  } finally {
    await lines.return(undefined);
  }
}

const folderOf = ({ DATA_DIR }: Environment) => resolve(DATA_DIR || ".data");
const ownSecrets = (env: Environment) => loadSecrets(folderOf(env));

interface Keeping {
  keep: () => void;
  said: string;
}

/** Where this Segue will look for its keys: in its data folder, unless the environment holds them. */
function placeForKeys(
  moved: Keys,
  config: Config,
  { env, file }: { env: Environment; file: string },
): Keeping | null {
  if (!env.DATABASE_URL && !env.AUTH_SECRET && !env.TOKEN_ENCRYPTION_KEYS) {
    const folder = folderOf(env);
    return {
      keep: () => replaceSecrets(folder, moved),
      said: `Its keys are in ${folder}. `,
    };
  }
  const present = keysIn(config);
  const areSet =
    env.AUTH_SECRET &&
    env.TOKEN_ENCRYPTION_KEYS &&
    present.authSecret === moved.authSecret &&
    present.tokenKeys === moved.tokenKeys;
  if (areSet) return null;
  const lines = `${file}.env`;
  return {
    keep: () => writeLines(lines, moved),
    said: `Before you start Segue, put the lines in ${lines} into its environment, and delete that file. `,
  };
}

function writeLines(file: string, { authSecret, tokenKeys }: Keys): void {
  const text = `AUTH_SECRET=${quoted(authSecret)}\nTOKEN_ENCRYPTION_KEYS=${quoted(tokenKeys)}\n`;
  try {
    writeFileSync(file, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const why = codeOf(error) === "EEXIST" ? "it is there already" : reasonOf(error);
    throw new CannotMove(
      `Nothing was imported: the keys were to be written to ${file}, but ${why}.`,
      { cause: error },
    );
  }
}

/** As `.env` takes it: behind any of these marks a value stands as it is. */
function quoted(value: string): string {
  const mark = ["'", '"', "`"].find((one) => !value.includes(one)) ?? "'";
  return mark + value + mark;
}

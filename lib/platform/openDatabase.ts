/** Opens the database that the configuration names, and proves that it answers. */
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import type { Config } from "./config.ts";
import { ConfigError } from "./configError.ts";
import { type OpenDatabase, openEmbedded, openServer } from "./db.ts";
import { codeOf, reasonOf } from "./reason.ts";
import type { ServerAddress } from "./server/serverAddress.ts";
import { type Shares, sharesOf, USUAL_CONNECTIONS } from "./server/shares.ts";

type Settings = Pick<Config, "databaseUrl" | "dataDir"> &
  Partial<Pick<Config, "databaseCaFile" | "databasePoolSize">>;

/**
 * @param poolSize the number of connections to a database server, for what needs fewer than a whole process
 * @throws ConfigError where there is no way to the database, FolderInUse
 */
export async function openDatabase(
  { databaseUrl, dataDir, databaseCaFile = null, databasePoolSize = USUAL_CONNECTIONS }: Settings,
  poolSize?: number,
): Promise<OpenDatabase> {
  if (!databaseUrl) return openEmbedded(dataDir);
  const address = { url: databaseUrl, ca: databaseCaFile && certificatesIn(databaseCaFile) };
  const database = opened(address, poolSize ?? sharesOf(databasePoolSize));
  try {
    const { rows } = await sql<{ version: number }>`
      select current_setting('server_version_num')::int as version`.execute(database.db);
    assertVersion(rows[0]?.version ?? 0);
    return database;
  } catch (error) {
    await database.close();
    throw error instanceof ConfigError ? error : cannotOpen(error);
  }
}

/** The driver reads the address when it is opened. */
function opened(address: ServerAddress, shares: number | Shares): OpenDatabase {
  try {
    return openServer(address, shares);
  } catch (error) {
    throw error instanceof ConfigError ? error : cannotOpen(error);
  }
}

function certificatesIn(file: string): string {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, "utf8");
  } catch (error) {
    throw new ConfigError(`DATABASE_CA_FILE: it can't be read (${reasonOf(error)})`, {
      cause: error,
    });
  }
}

const OLDEST_VERSION = 15;

function assertVersion(version: number): void {
  if (version >= OLDEST_VERSION * 10_000) return;
  throw new ConfigError(
    `DATABASE_URL: this is PostgreSQL ${Math.floor(version / 10_000)}, and Segue needs ${OLDEST_VERSION} or newer. Upgrade the server, or name another one.`,
  );
}

/** The one line about a database server that can't be used. */
export function cannotOpen(error: unknown): ConfigError {
  const { what, mend } = hindrances[codeOf(error) ?? ""] ?? hindranceIn(reasonOf(error));
  return new ConfigError(`DATABASE_URL: ${what} (${reasonOf(error)}). ${mend}.`, { cause: error });
}

interface Hindrance {
  what: string;
  mend: string;
}

const nobody = {
  what: "no database server listens there",
  mend: "Start it, or correct host and port",
};
const nowhere = { what: "its host can't be found", mend: "Correct the host" };
const stranger = {
  what: "the database server refuses the sign-in",
  mend: "Correct user and password",
};
const full = {
  what: "the database server has no connection left for this process",
  mend: "Allow it more, or give each process fewer by DATABASE_POOL_SIZE",
};
const untrusted = {
  what: "the server's certificate comes from nobody that this machine trusts",
  mend: "Set DATABASE_CA_FILE to the file with the certificate that it comes from; hosting providers show it beside the address",
};
const otherName = {
  what: "the server's certificate is for another host",
  mend: "Use the host's name that stands in it",
};
const unknown = {
  what: "the database can't be opened",
  mend: "Mend that, or set the address of another database",
};

/** By the codes of the system and of PostgreSQL. */
const hindrances: Partial<Record<string, Hindrance>> = {
  ECONNREFUSED: nobody,
  ENOENT: nobody,
  ENOTFOUND: nowhere,
  EAI_AGAIN: nowhere,
  "28000": stranger,
  "28P01": stranger,
  "53300": full,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: otherName,
  CERT_HAS_EXPIRED: { what: "the server's certificate has expired", mend: "Renew it" },
  "3D000": { what: "there is no such database", mend: "Create it, or correct its name" },
};

/** The driver gives these no code. */
function hindranceIn(reason: string): Hindrance {
  if (reason.includes("does not support SSL")) {
    return {
      what: "the server speaks no TLS, without which others on the way could read what is sent",
      mend: "Switch it on there",
    };
  }
  if (/timeout (exceeded|expired)/.test(reason)) {
    return {
      what: "no connection was to be had in time",
      mend: "It may be down, or its pooler may be full: then allow it more, or give each process fewer by DATABASE_POOL_SIZE",
    };
  }
  return unknown;
}

/** What all worlds of a run share: one migrated database in memory, and the settings. */
import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { parseConfig } from "#lib/platform/config.ts";
import { overPGlite, pgliteOptions } from "#lib/platform/db.ts";
import { MIGRATIONS, migrate } from "#lib/platform/migrations/migrate.ts";
import { createProviders } from "#lib/providers/registry.ts";
import { Prepared } from "#tests/simulation/machine/prepared.ts";
import type { Ground } from "./world.ts";

/** `dump`: a migrated PGlite as a file, if there is one already. */
export async function makeGround(dump?: string): Promise<Ground> {
  const pglite = await PGlite.create({
    ...pgliteOptions,
    ...(dump !== undefined && { loadDataDir: await openAsBlob(dump) }),
  });
  if (dump === undefined) await migrate(overPGlite(pglite), MIGRATIONS);
  const config = parseConfig({
    APP_URL: "http://localhost:3000",
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    GOOGLE_CLIENT_ID: "model",
    GOOGLE_CLIENT_SECRET: "model",
    ZOOM_CLIENT_ID: "model",
    ZOOM_CLIENT_SECRET: "model",
    SWITCH_WAIT_SECONDS: "1",
  });
  return { database: new Prepared(pglite), config, providers: createProviders(config) };
}

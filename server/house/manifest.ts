/** The first line of what a house's file holds: which columns its rows have, and what opens what is sealed in them. */
import { z } from "zod";
import type { Config, EncryptionKey } from "#lib/platform/config.ts";
import { MIGRATIONS, readMigrations } from "#lib/platform/migrations/migrate.ts";
import { opensAll } from "#lib/services/calls/sealedSamples.ts";
import { CannotMove } from "./refusal.ts";
import type { Table } from "./tables.ts";

const keys = z.object({ authSecret: z.string(), tokenKeys: z.string() });
export type Keys = z.infer<typeof keys>;

const manifest = z.object({
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
  /** One of what each key has sealed. */
  samples: z.array(z.object({ sealed: z.string(), place: z.string() })),
  keys: keys.nullable(),
});
export type Manifest = z.infer<typeof manifest>;

export const keysIn = ({ authSecret, tokenKeys }: Config): Keys => ({
  authSecret,
  tokenKeys: tokenKeys.map(({ id, secret }) => `${id}:${secret.toString("base64")}`).join(","),
});

export const columnsIn = (tables: Table[]): Manifest["tables"] =>
  tables.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) }));

/** Takes the first of the lines. @throws CannotMove */
export async function readManifest(lines: AsyncIterator<string>): Promise<Manifest> {
  const { value } = await lines.next();
  return manifest.parse(JSON.parse(value ?? ""));
}

/** The newest migration that this version knows. */
export const newestMigration = (): string => readMigrations(MIGRATIONS).at(-1)?.version ?? "";

/** Rows go only where the tables are the same. @throws CannotMove */
export function assertThisVersion(migration: string): void {
  const mine = newestMigration();
  if (migration === mine) return;
  throw new CannotMove(
    migration > mine
      ? `The file comes from a newer Segue (migration ${migration}, this one's is ${mine}). Upgrade this one, then import it.`
      : `The file comes from an older Segue (migration ${migration}, this one's is ${mine}). Upgrade the old one to this version, start it once, and export again.`,
  );
}

/** @param present the keys that would be in force with the rows. @throws CannotMove */
export function assertOpens({ samples }: Manifest, present: EncryptionKey[]): void {
  if (opensAll(present, samples)) return;
  throw new CannotMove(
    "TOKEN_ENCRYPTION_KEYS here doesn't open the tokens in the file, and without them every tutor would have to connect again. Set it to the old Segue's, or export once more with --with-keys.",
  );
}

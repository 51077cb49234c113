/** `segue migrate`: brings the database up to date. */
import { configure, readEnvironment } from "./environment.ts";
import { asOwner } from "./owner.ts";

export async function migrateDatabase(): Promise<number> {
  const { config } = configure(readEnvironment());
  const done = await asOwner(config, ({ setUp }) => setUp());
  console.log(done.length > 0 ? `Applied: ${done.join(", ")}` : "Nothing to do.");
  return 0;
}

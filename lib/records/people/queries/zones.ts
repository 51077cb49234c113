import type { Trx } from "#lib/platform/db.ts";

export async function zonesInUse(trx: Trx): Promise<string[]> {
  const rows = await trx.selectFrom("people").select("time_zone").distinct().execute();
  return rows.map(({ time_zone }) => time_zone);
}

export const renameZone = (trx: Trx, from: string, to: string) =>
  trx.updateTable("people").set({ time_zone: to }).where("time_zone", "=", from).execute();

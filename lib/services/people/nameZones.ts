import { asService } from "#lib/platform/db.ts";
import { renameZone, zonesInUse } from "#lib/records/people/queries/zones.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { isZoneName } from "#lib/services/verb/input.ts";

/**
 * Earlier versions took what any runtime reads as a zone: a name in lower case, or an offset. Providers refuse
 * both, and so do forms by now. What means the same as an IANA name gets it; an offset without one stays until
 * its owner chooses a zone. Done at each start.
 */
export async function nameZones(ctx: Context): Promise<void> {
  await asService(ctx.db, async (trx) => {
    for (const kept of await zonesInUse(trx)) {
      const name = nameOf(kept);
      if (name !== kept && isZoneName(name)) await renameZone(trx, kept, name);
    }
  });
}

function nameOf(kept: string): string {
  if (isZoneName(kept)) return kept;
  const [, sign, hours] = /^([+-])(\d\d):?(?:00)?$/.exec(kept) ?? [];
  // The names count from the other side: Etc/GMT-5 is five hours ahead.
  if (hours)
    return Number(hours) === 0 ? "UTC" : `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: kept }).resolvedOptions().timeZone;
  } catch {
    return kept;
  }
}

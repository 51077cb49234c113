/**
 * Rules with two changes close together, as countries that pause daylight-saving time have had.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { systemZoneRules } from "#lib/platform/zones/zoneRules.ts";
import { rulesOf, zoneTable } from "#lib/platform/zones/zoneTable.ts";

test("the table reads as the rules do, in every zone and at every hour of the years it holds", () => {
  const names = Intl.supportedValuesOf("timeZone");
  const now = new Date("2026-11-02T09:00:00Z");
  const table = zoneTable(systemZoneRules, names, now);
  const read = rulesOf(table, () => null);
  const wrong: string[] = [];
  for (const name of names) {
    const zone = systemZoneRules(name);
    if (!zone) wrong.push(`${name} unknown`);
    for (let at = table.from; zone && at < table.until; at += 12 * 3_600_000) {
      if (zone.offsetAt(at) !== read(name).offsetAt(at)) {
        wrong.push(`${name} ${new Date(at).toISOString()}`);
        break;
      }
    }
  }
  expect(wrong).toEqual([]);
});

/** What new zone rules do to times that were agreed on. */
import { expect, test } from "vitest";
import { movedByRules } from "./wallClock.ts";
import type { Zone } from "./zoneRules.ts";

const at = Date.UTC(2027, 2, 28, 0, 30);

/** Before: always UTC+2. Since: UTC+2, and from that night 00:00Z on UTC+3, so that 02:00 to 03:00 is skipped. */
const since: Zone = {
  name: "Europe/Somewhere",
  offsetAt: (instant) => (instant >= Date.UTC(2027, 2, 28, 0, 0) ? 180 : 120),
};

test("a lesson whose agreed time new rules skip is one that they have moved", () => {
  const kept = { starts_local: "2027-03-28T02:30", utc_offset: 120 };
  expect(movedByRules(kept, new Date(at), since)).not.toBeNull();
});

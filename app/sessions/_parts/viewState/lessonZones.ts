import { paramsOf, type WithQuery } from "#components/query.ts";
import type { ZoneTable } from "#lib/platform/zones/zoneTable.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isZoneName } from "#lib/services/verb/input.ts";
import { shownZones } from "#server/page.ts";
import { readViewState } from "./viewState.ts";

/** The rules for a page with these lessons: of both sides' zones, and of the one that the address names. */
export function lessonZones(
  lessons: SessionView[],
  query: Awaited<WithQuery["searchParams"]>,
  others: { timeZone: string }[] = [],
): Promise<ZoneTable> {
  const { zone } = readViewState(paramsOf(query), isZoneName);
  const people = [...lessons.flatMap(({ tutor, student }) => [tutor, student]), ...others];
  return shownZones(...people.map(({ timeZone }) => timeZone), ...(zone ? [zone] : []));
}

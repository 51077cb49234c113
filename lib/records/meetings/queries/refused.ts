import { sql, type Updateable } from "kysely";
import type { Meetings } from "#lib/platform/database.types.ts";
import { isUnknownRefusal } from "#lib/records/meetings/rules.ts";

/** The first of several unknown refusals in a row; any other answer ends them. A change without an answer leaves it. */
export const refusedSince = (change: Updateable<Meetings>, now: Date): Updateable<Meetings> => {
  if (change.error_code === undefined) return {};
  const since = sql<Date>`coalesce(refused_since, ${now}::timestamptz)`;
  return { refused_since: isUnknownRefusal(change) ? since : null } as Updateable<Meetings>;
};

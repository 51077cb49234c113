import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import { ownLinkSince } from "#lib/records/migrations/queries.ts";
import { openStatuses } from "#lib/records/sessions/rules.ts";

/**
 * Tutors whose newest migration failed for lessons that are still to come, and that have had no link of their tutor's own
 * since; newest first.
 */
export const newestWithFailures = (q: Queryable, now: Date, limit: number) =>
  q
    .selectFrom("migrations as m")
    .innerJoin("people as p", "p.id", "m.tutor_id")
    .innerJoin("private.addresses as a", "a.person_id", "p.id")
    .innerJoin("migration_sessions as ms", "ms.migration_id", "m.id")
    .innerJoin("sessions as s", "s.id", "ms.session_id")
    .select((eb) => [
      "p.id",
      "p.name",
      "a.email",
      "m.to_provider",
      "m.created_at",
      eb.fn.countAll<number>().as("count"),
    ])
    .where("ms.state", "=", "failed")
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_start_at", ">=", now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("migrations as newer")
            .select("newer.id")
            .whereRef("newer.tutor_id", "=", "m.tutor_id")
            .whereRef("newer.generation", ">", "m.generation"),
        ),
      ),
    )
    .where(sql<boolean>`not exists ${ownLinkSince("s.id", "m.created_at")}`)
    .groupBy(["p.id", "p.name", "a.email", "m.id"])
    .orderBy("m.created_at", "desc")
    .limit(limit)
    .execute();

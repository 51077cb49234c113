import { sql } from "kysely";
import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";

/**
 * Usable grants that somebody needs, whose access token ended before `unusedSince`: nobody has refreshed them since.
 * A retired grant that still has tokens is one that rooms or an undo need.
 */
export async function coolingGrants(
  q: Queryable,
  of: { now: Date; unusedSince: Date; providers: readonly ProviderId[] },
): Promise<string[]> {
  const isCooling = sql`error_code is null and access_token_expires_at < ${of.unusedSince}
    and (refresh_next_at is null or refresh_next_at <= ${of.now})
    and provider = any(${of.providers}::text[])`;
  const { rows } = await sql<{ grant_id: string }>`
    select grant_id from (
      select grant_id, access_token_expires_at from public.tutor_video_provider_connections c
       where ${isCooling} and (connection_status <> 'disconnected' or exists (
         select from public.meetings m where m.grant_id = c.grant_id
            and m.state in ('intended', 'live', 'superseded', 'deleting')))
      union all
      select grant_id, access_token_expires_at from public.retired_video_provider_connections
       where ${isCooling} and erased_at is null) as cooling
     order by access_token_expires_at, grant_id`.execute(q);
  return rows.map((row) => row.grant_id);
}

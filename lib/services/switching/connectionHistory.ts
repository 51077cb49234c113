/** What has happened to a tutor's connection, beside the migrations. */
import type { Queryable } from "#lib/platform/db.ts";
import { connectionEvents } from "#lib/records/grants/queries/events.ts";
import type { ConnectionEventView, MigrationView } from "./views.ts";

const MOST = 50;
/** A switch stores its connection and its migration together; only the clock may step between the two. */
const TOGETHER_MS = 10_000;

/** Newest first. A new connection that a switch or an undo has brought is told by that alone. */
export async function readConnectionEvents(
  q: Queryable,
  tutorId: string,
  migrations: MigrationView[],
): Promise<ConnectionEventView[]> {
  const rows = await connectionEvents(q, tutorId, MOST);
  const events = rows.map(
    ({
      id,
      kind,
      provider,
      account_email: account,
      checked,
      repaired,
      at,
    }): ConnectionEventView => ({
      id,
      kind,
      provider,
      account,
      checked,
      repaired,
      at: at.toISOString(),
    }),
  );
  return events.filter((event) => !migrations.some((migration) => tells(migration, event)));
}

const tells = ({ kind, to, createdAt }: MigrationView, event: ConnectionEventView): boolean =>
  event.kind === "connected" &&
  (kind === "switch" || kind === "undo") &&
  to === event.provider &&
  Math.abs(Date.parse(createdAt) - Date.parse(event.at)) <= TOGETHER_MS;

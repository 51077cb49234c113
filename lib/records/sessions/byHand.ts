/** Lessons whose columns somebody has changed in the database, past the ledger. */
import type { Queryable } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { openStatuses } from "./rules.ts";

/**
 * Lessons not over yet that don't say what the meeting says that they point at, with that meeting's
 * words. Our own writes change both in one transaction.
 */
export const sessionsChangedByHand = (
  q: Queryable,
  of: { now: Date; tutorId?: string; sessionId?: string },
) =>
  q
    .selectFrom("sessions as s")
    .leftJoin("meetings as m", "m.id", "s.meeting_id")
    .selectAll("s")
    .select([
      "m.state as room_state",
      "m.provider as room_provider",
      "m.external_id as room_external_id",
      "m.join_url as room_url",
    ])
    .where("s.status", "in", openStatuses)
    .where("s.scheduled_end_at", ">", of.now)
    .where((eb) =>
      eb.or([
        eb("s.join_url", "is distinct from", eb.ref("m.join_url")),
        eb("s.provider", "is distinct from", eb.ref("m.provider")),
        eb("s.meeting_external_id", "is distinct from", eb.ref("m.external_id")),
      ]),
    )
    .$if(of.tutorId !== undefined, (query) => query.where("s.tutor_id", "=", of.tutorId ?? ""))
    .$if(of.sessionId !== undefined, (query) => query.where("s.id", "=", of.sessionId ?? ""))
    .execute();

export type ChangedByHand = Awaited<ReturnType<typeof sessionsChangedByHand>>[number];

export type HandChange =
  /** Another room: kept until the next wish. */
  | { kind: "room"; provider: ProviderId; externalId: string; joinUrl: string }
  /** No other link came with it: the columns say again what the meeting says. */
  | { kind: "slip" };

/** Null: nothing to do. A link on no provider's host is left alone; nobody is led there. */
export function handChange(
  session: ChangedByHand,
  ownerOf: (link: string) => ProviderId | null,
): HandChange | null {
  const { join_url: joinUrl, room_url: roomUrl, room_state: state } = session;
  if (joinUrl !== null && joinUrl !== roomUrl) {
    const provider = ownerOf(joinUrl);
    if (!provider) return null;
    return { kind: "room", provider, externalId: externalIdOf(session, joinUrl), joinUrl };
  }
  // A link taken out comes back, unless its room is gone as well.
  return joinUrl === null && state !== null && state !== "live" ? null : { kind: "slip" };
}

/** As written beside the link; where only the link was written, its last part. */
function externalIdOf(session: ChangedByHand, joinUrl: string): string {
  const { meeting_external_id: written, room_external_id: former } = session;
  if (written !== null && written !== former) return written;
  const parts = new URL(joinUrl).pathname.split("/").filter((part) => part !== "");
  return parts.at(-1) ?? joinUrl;
}

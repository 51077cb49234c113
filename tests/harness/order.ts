/** What must hold whenever the worker has settled, whatever happened before. */
import { expect } from "vitest";
import type { Person } from "#lib/services/verb/context.ts";
import type { Segue } from "./segue.ts";

/** States in which the row's meeting may exist at the provider. */
const existing = ["intended", "live", "superseded", "deleting", "ended"];

/**
 * Checks that every lesson of the tutor that has a link has that of an existing room, the one whose ledger
 * row is live, and that the ledger knows every room at the providers that carries our mark.
 */
export async function expectInOrder(segue: Segue, tutor: Person): Promise<void> {
  const [sessions, ledger, rooms] = [
    await segue.sessions(tutor),
    await segue.ledger(tutor),
    await segue.standIns.rooms(),
  ];
  // Of the wrong tutor, or before anything was booked, everything would hold.
  expect(sessions, `lessons of ${tutor.name}`).not.toEqual([]);
  const now = segue.clock();
  const open = sessions.filter(
    ({ status, scheduled_start_at: start }) =>
      (status === "SCHEDULED" || status === "JOIN_OPEN") && start >= now,
  );
  for (const session of open.filter(({ join_url: link }) => link !== null)) {
    const live = ledger.filter((row) => row.session_id === session.id && row.state === "live");
    const room = rooms.find(({ joinUrl }) => joinUrl === session.join_url);
    expect(room, `a living room behind ${session.title}`).toBeDefined();
    expect(live).toMatchObject([
      {
        id: session.meeting_id,
        provider: session.provider,
        external_id: session.meeting_external_id,
        join_url: session.join_url,
        key: room?.key,
      },
    ]);
    expect(room).toMatchObject({ id: session.meeting_external_id, provider: session.provider });
  }
  const all = await segue.rows("select key, state from meetings");
  for (const room of rooms) {
    expect(existing, `the ledger knows ${room.title} (${room.key}), state of its row:`).toContain(
      all.find(({ key }) => key === room.key)?.state,
    );
  }
}

/** This tutor's rooms at the providers, with the lesson and state that the ledger gives them. */
export async function roomsOf(segue: Segue, tutor: Person) {
  const ledger = await segue.ledger(tutor);
  const rooms = await segue.standIns.rooms();
  return rooms.flatMap((room) => {
    const row = ledger.find(({ key }) => key === room.key);
    return row ? [{ ...room, sessionId: row.session_id, state: row.state }] : [];
  });
}

/** Where a lesson's link leads. */
import { decrypt } from "#lib/platform/crypto.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import type { SeenSession } from "./snapshot.ts";
import type { Watched } from "./watched.ts";

export const isOpen = ({ status }: SeenSession): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

/**
 * A link that is handed out must lead into an existing room, and what that asks for must be known. What somebody
 * has deleted or changed at the provider is noticed only later.
 */
export function checkLink(world: Watched, session: SeenSession, by: Process | null): void {
  if (!isOpen(session) || session.join_url === null) return;
  const room = roomBehind(world, session.join_url);
  if (!room || room.goneBy === "hand") return;
  const name = by?.name ?? "somebody";
  if (!room.alive) world.violate(`${name} left lesson ${session.id} before a dead link`);
  else if (!room.hasOtherPasscode && passcodeOf(world, session) !== room.passcode) {
    world.violate(`${name} left lesson ${session.id} before a passcode that nobody tells`);
  }
}

/** What people are told to type in; null: nothing. */
export const passcodeOf = (
  world: Watched,
  { meeting_id: id, sealed_passcode: sealed }: SeenSession,
): string | null =>
  sealed === null ? null : decrypt(world.config.tokenKeys, sealed, `meeting_passcodes/${id}`);

export const roomBehind = (world: Watched, url: string) =>
  Object.values(world.clouds)
    .flatMap((cloud) => [...cloud.rooms.values()])
    .find((room) => room.url === url.replace(/\?pwd=.*$/, ""));

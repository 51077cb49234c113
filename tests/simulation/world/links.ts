/** Where a lesson's link leads. */
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import type { SeenSession } from "./snapshot.ts";
import type { Watched } from "./watched.ts";

export const isOpen = ({ status }: SeenSession): boolean =>
  status === "SCHEDULED" || status === "JOIN_OPEN";

/**
 * A link that is handed out must lead into an existing room. A room that somebody deleted at the provider is
 * noticed only later.
 */
export function checkLink(world: Watched, session: SeenSession, by: Process | null): void {
  if (!isOpen(session) || session.join_url === null) return;
  const room = roomBehind(world, session.join_url);
  if (!room || room.alive || room.goneBy === "hand") return;
  world.violate(`${by?.name ?? "somebody"} left lesson ${session.id} before a dead link`);
}

export const roomBehind = (world: Watched, url: string) =>
  Object.values(world.clouds)
    .flatMap((cloud) => [...cloud.rooms.values()])
    .find((room) => room.url === url.replace(/\?pwd=.*$/, ""));

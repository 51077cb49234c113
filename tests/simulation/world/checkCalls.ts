/** What must hold after everything that takes place at a provider. */

import { CALL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import type { Happening, Sky } from "#tests/simulation/model/sky.ts";
import { checkLink } from "./links.ts";
import type { SeenMeeting } from "./snapshot.ts";
import type { Watched } from "./watched.ts";

const OVERRUN_MS = 15 * 60_000;
/** Shorter than the lease, which is taken a little before its call leaves. */
const SURELY_HELD_MS = CALL_LEASE_SECONDS * 1000 - 4_000;
/** A process that was paused within this time may have lost its lease without knowing. */
const ZOMBIE_MS = 60_000;

/** Runs after something took place at a provider. */
export function checkCall(world: Watched, call: Happening): void {
  if (call.operation === "create") {
    checkKnown(world, call);
    checkSingle(world, call);
  }
  if (call.operation === "update") checkLooked(world, call);
  if (call.operation === "create" || call.operation === "update") checkCounted(world, call);
  if (call.operation === "delete" && call.externalId) checkDeleted(world, call.externalId);
  for (const session of world.seen.sessions) checkLink(world, session, null);
}

/** No room with our marker may be missing from the ledger. */
function checkKnown(world: Watched, { cloud }: Happening): void {
  const known = new Set(world.seen.meetings.map(({ key }) => key));
  for (const room of cloud.rooms.values()) {
    if (!known.has(room.key)) world.violate(`A room was made under key ${room.key}, unknown to us`);
  }
}

/**
 * A second room under one key may be made only by a process that couldn't know of the first: either the first
 * landed late, or the process was paused and another has gone on meanwhile.
 */
function checkSingle(world: Watched, { cloud, by }: Happening): void {
  const { now } = world.scheduler;
  if (!by || now - lastPause(world, by) < ZOMBIE_MS || world.faults.counts.has("landed_late"))
    return;
  const byKey = Map.groupBy(
    [...cloud.rooms.values()].filter(({ alive }) => alive),
    ({ key }) => key,
  );
  for (const [key, rooms] of byKey) {
    const newest = rooms.at(-1);
    if (rooms.length > 1 && newest?.madeAt === now) {
      world.violate(`${by.name} made a second room under key ${key} without looking for the first`);
    }
  }
}

/** Whoever has written down that a room's newest write was answered unclearly looks before it is told again. */
function checkLooked(world: Watched, { cloud, by, externalId }: Happening): void {
  if (!by || cloud.repeated === null || cloud.repeated !== externalId) return;
  if (world.scheduler.now - lastPause(world, by) < ZOMBIE_MS) return;
  const room = world.seen.meetings.find((row) => row.external_id === externalId);
  if (room?.is_unclear) world.violate(`${by.name} told room ${externalId} again without looking`);
}

/** We count each write that the provider counts, whatever became of its answer. */
function checkCounted(world: Watched, { cloud, by, account }: Happening): void {
  const excuses = ["day_used_up", "landed_late", "changed_late", "clock_jump", "stalled"] as const;
  if (!by || excuses.some((kind) => world.faults.counts.has(kind))) return;
  const today = world.scheduler.clock().toISOString().slice(0, 10);
  const written = cloud.writtenOn(account, today);
  const counted = world.seen.days.find(({ id }) => id === `zoom writes ${account}`);
  const taken = counted?.day === today ? counted.taken : 0;
  if (Number.isFinite(cloud.habits.writesPerDay) && taken < written) {
    world.violate(`${by.name} has made write ${written} of the day, and ${taken} are counted`);
  }
}

/** A process that counts correctly never exceeds a day. After a pause it may count for another day. */
export function checkDay(world: Watched, by: Process, error: unknown): void {
  if (!(error instanceof ProviderError) || error.code !== "daily_limit") return;
  const excuses = ["day_used_up", "landed_late", "changed_late", "clock_jump", "stalled"] as const;
  if (excuses.some((kind) => world.faults.counts.has(kind))) return;
  world.violate(`${by.name} asked for more than a day's writes`);
}

/**
 * No revocation while rooms made with the grant wait for deletion, or while it would end a connection. Whoever gives a
 * consent back that came to nothing holds tokens that nobody has stored; where a consent ends those before it, the
 * grant's own were dead by then. Whoever was paused between looking and revoking can't know what has changed meanwhile.
 */
export function checkRevoked(world: Watched, id: ProviderId, account: string, by: Process): void {
  const { revokesAll } = world.clouds[id].habits;
  if (world.scheduler.now - lastPause(world, by) < ZOMBIE_MS) return;
  if (!revokesAll && by.name.startsWith("web")) return;
  for (const grant of world.seen.grants) {
    if (grant.provider !== id || grant.account !== account) continue;
    if (
      grant.current ? revokesAll && grant.status === "connected" : isNeeded(world, grant.grant_id)
    ) {
      world.violate(`The consent of ${account} was revoked while it is needed`);
    }
  }
}

const isNeeded = (world: Watched, grantId: string): boolean =>
  world.seen.meetings.some(
    ({ grant_id, state }) =>
      grant_id === grantId && ["intended", "live", "superseded", "deleting"].includes(state),
  );

/** A room must not be deleted while an undo may return to it, nor while people may be inside. */
function checkDeleted(world: Watched, externalId: string): void {
  const { now } = world.scheduler;
  for (const row of world.seen.meetings.filter((one) => one.external_id === externalId)) {
    const session = world.seen.sessions.find(({ id }) => id === row.session_id);
    if (!session || session.status === "CANCELLED") continue;
    const opens = session.starts - world.config.joinOpensMinutesBefore * 60_000;
    const wasHandedOut = world.seen.moves.some((move) => move.from_meeting_id === row.id);
    if (wasHandedOut && opens <= now && now < session.ends + OVERRUN_MS) {
      world.violate(`Room ${externalId} was deleted while people may be inside`);
    }
    if (isKeptForUndo(world, row)) {
      world.violate(`Room ${externalId} was deleted within the undo window`);
    }
  }
}

function isKeptForUndo(world: Watched, row: SeenMeeting): boolean {
  const newest = world.seen.grants.find((one) => one.current && one.tutor_id === row.tutor_id);
  return world.seen.migrations.some(
    (migration) =>
      migration.tutor_id === row.tutor_id &&
      migration.generation === newest?.generation &&
      (migration.undo_until ?? Number.POSITIVE_INFINITY) > world.scheduler.now &&
      world.seen.moves.some(
        (move) =>
          move.migration_id === migration.id &&
          move.from_meeting_id === row.id &&
          move.state === "moved",
      ),
  );
}

/**
 * Two refreshes at once destroy a refresh token that rotates. A process that was paused for longer than its
 * lease has lost it without knowing, so that case doesn't count.
 */
export function checkRefreshes(world: Watched, id: ProviderId): Sky["refreshing"] {
  const out = new Map<string, { process: Process; left: number }[]>();
  return (process, token, change) => {
    const others = (out.get(token) ?? []).filter((one) => one.process !== process);
    if (change === "back") {
      out.set(token, others);
      return;
    }
    const { now } = world.scheduler;
    const held = ({ process: other, left }: (typeof others)[number]) =>
      now - left < SURELY_HELD_MS && left - lastPause(world, other) > CALL_LEASE_SECONDS * 1000;
    if (others.some(held)) world.violate(`Two refreshes of one ${id} token are in flight`);
    out.set(token, [...others, { process, left: now }]);
  };
}

const lastPause = (world: Watched, process: Process): number =>
  Math.max(process.stalledUntil, world.scheduler.jumpedAt);

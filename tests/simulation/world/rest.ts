/** What must hold when nothing is under way any more. */
import { isOpen, passcodeOf, roomBehind } from "./links.ts";
import type { SeenGrant, SeenMeeting, SeenSession } from "./snapshot.ts";
import type { Watched } from "./watched.ts";

const isFuture = (session: SeenSession, now: number) => isOpen(session) && session.starts > now;
const STAY_MS = 30 * 60_000;

/** Each future lesson has one existing room, at the newest generation's account and the lesson's own time. */
export function checkRest(world: Watched): void {
  const { now } = world.scheduler;
  for (const session of world.seen.sessions.filter((one) => isFuture(one, now))) {
    const grant = world.seen.grants.find((one) => one.current && one.tutor_id === session.tutor_id);
    const row = world.seen.meetings.find(({ id }) => id === session.meeting_id);
    const flaw = flawOf(world, session, row, grant);
    if (flaw) world.violate(`At rest, lesson ${session.id} ${flaw}`);
    const untold = [session.student_told, session.tutor_told].some((at) => at !== session.provider);
    if (session.provider && untold) {
      world.violate(`At rest, lesson ${session.id} is elsewhere than its people were told`);
    }
  }
  for (const { id, status } of world.seen.migrations) {
    if (status === "running") world.violate(`At rest, migration ${id} still runs`);
  }
}

/**
 * After some minutes without faults nobody waits for a room but those whom a refusal or a day's limit holds, or creates
 * whose answers went astray: of those there are few a day.
 */
export function checkWaits(world: Watched): void {
  const { now } = world.scheduler;
  for (const session of world.seen.sessions.filter((one) => isFuture(one, now))) {
    const grant = world.seen.grants.find((one) => one.current && one.tutor_id === session.tutor_id);
    const isHeld = world.seen.meetings.some(
      (row) =>
        row.session_id === session.id &&
        (row.refused ||
          row.code === "daily_limit" ||
          isPutOff(row, now) ||
          (row.code === "outcome_unknown" && row.unclear > 2 && isFar(row.waits, now))),
    );
    if (session.join_url === null && grant?.status === "connected" && !isHeld) {
      world.violate(
        `Lesson ${session.id} still waits for its room, and nothing goes wrong any more`,
      );
    }
  }
}

/** What came due a moment ago may be under way. */
const JUST_DUE_MS = 60_000;
const isFar = (waits: number | null, now: number): boolean =>
  waits !== null && waits > now - JUST_DUE_MS;

/** What is refused in unknown words, or with a token that was good, is asked for more and more rarely. */
const isPutOff = ({ code, state, waits }: SeenMeeting, now: number): boolean =>
  state === "intended" && (code === "refused" || code === "grant_revoked") && isFar(waits, now);

function flawOf(
  world: Watched,
  session: SeenSession,
  row: SeenMeeting | undefined,
  grant: SeenGrant | undefined,
): string | null {
  const isConnected = grant?.status === "connected";
  if (session.join_url === null || !row) return isConnected ? "has no room" : null;
  if (session.join_url !== row.join_url || session.provider !== row.provider) {
    return "says another room than the ledger";
  }
  if (row.state !== "live") return `points at a room that is ${row.state}`;
  if (row.origin === "segue") return isConnected ? flawOfRoom(world, session, row, grant) : null;
  const isOld = row.generation < (grant?.generation ?? 0);
  return isConnected && isOld ? "kept a link from before the last wish" : null;
}

function flawOfRoom(
  world: Watched,
  session: SeenSession,
  row: SeenMeeting,
  grant: SeenGrant,
): string | null {
  const room = roomBehind(world, session.join_url ?? "");
  if (!room) return "leads to a room that never was";
  if (!room.alive) return "leads to a dead room";
  if (row.grant_id !== grant.grant_id) return "has its room at an account that isn't the tutor's";
  if (room.account !== grant.account) return "has its room at another account than the ledger says";
  if (passcodeOf(world, session) !== room.passcode)
    return "has a room that asks for something else";
  if (room.startsAt.getTime() === session.starts || isLeft(world, row)) return null;
  return "has a room that was told another time";
}

const REPAIRS_A_DAY = 3;
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Somebody moved the room so often that it waits for tomorrow, or twice alike while our answers went astray. */
function isLeft(world: Watched, row: SeenMeeting): boolean {
  const moves = world.faults.counts.get("moved_by_hand") ?? 0;
  const isSpent =
    row.repairs >= REPAIRS_A_DAY &&
    row.repaired_at !== null &&
    day(row.repaired_at) === day(world.scheduler.now);
  const isTaken = world.faults.counts.has("answer_unread") && row.answered !== null;
  return (isSpent && moves > 0) || (isTaken && moves > 1);
}

/** The ledger and the providers agree, and nothing waits. */
export function checkClean(world: Watched): void {
  const usable = new Set(world.seen.grants.filter(({ dead }) => !dead).map((one) => one.grant_id));
  for (const row of world.seen.meetings) {
    const session = world.seen.sessions.find(({ id }) => id === row.session_id);
    const flaw = flawOfRow(world, row, session, usable.has(row.grant_id ?? ""));
    if (flaw) world.violate(`At rest, room ${row.key} ${flaw}`);
  }
  for (const cloud of Object.values(world.clouds)) {
    for (const room of cloud.rooms.values()) {
      if (room.alive && !isHeld(world, room.externalId, room.account)) {
        world.violate(`At rest, room ${room.externalId} lives on, and nobody will delete it`);
      }
    }
  }
}

function flawOfRow(
  world: Watched,
  row: SeenMeeting,
  session: SeenSession | undefined,
  isUsable: boolean,
): string | null {
  if (row.state === "live") {
    if (session?.meeting_id !== row.id) return "counts as in use, and no lesson points at it";
    return session.status === "CANCELLED"
      ? "is that of a cancelled lesson, and still in use"
      : null;
  }
  const { now } = world.scheduler;
  const isUnderWay = session && session.starts <= now && now < session.ends + STAY_MS;
  const waits = ["intended", "deleting", "superseded"].includes(row.state);
  return waits && isUsable && !isUnderWay ? `is still ${row.state}` : null;
}

/**
 * A room is accounted for by a row that hands it out or has settled its end, or because nobody can reach its
 * account any more.
 */
function isHeld(world: Watched, externalId: string, account: string): boolean {
  const held = ["live", "superseded", "deleting", "ended", "stranded"];
  const isReachable = world.seen.grants.some((one) => one.account === account && !one.dead);
  const rows = world.seen.meetings.filter(({ external_id: id }) => id === externalId);
  return !isReachable || rows.some(({ state }) => held.includes(state));
}

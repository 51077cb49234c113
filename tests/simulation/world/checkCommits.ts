/** What must hold after every commit. Each check says in its own words what it has caught. */
import { decrypt } from "#lib/platform/crypto.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import { checkLink, isOpen, roomBehind } from "./links.ts";
import type { SeenGrant, SeenMeeting, SeenSession, Snapshot } from "./snapshot.ts";
import type { Watched, Wish } from "./watched.ts";

const pointer = ({ provider, external_id, join_url, meeting_id }: SeenSession) =>
  JSON.stringify([provider, external_id, join_url, meeting_id]);

/** Runs after a commit by one of our processes. */
export function checkCommit(world: Watched, before: Snapshot, by: Process): void {
  const was = new Map(before.sessions.map((session) => [session.id, session]));
  for (const session of world.seen.sessions) {
    const old = was.get(session.id);
    checkLink(world, session, by);
    checkPair(world, before, session, by);
    checkPause(world, session, by);
    if (!old || pointer(old) === pointer(session)) continue;
    checkUntouched(world, old, session, by);
    checkSwap(world, before, session, by);
  }
  checkConnections(world, before, by);
  checkDeaths(world, before, by);
  checkTold(world, was, by);
  checkSeries(world, before, by);
  checkAdded(world, was, by);
}

/** A lesson that is entered or moved meets no other one of its tutor's. */
function checkAdded(world: Watched, was: Map<string, SeenSession>, by: Process): void {
  const open = world.seen.sessions.filter(isOpen);
  for (const one of open.filter(({ id, starts }) => was.get(id)?.starts !== starts)) {
    const met = open.find(
      (other) =>
        other.id !== one.id &&
        other.tutor_id === one.tutor_id &&
        other.starts < one.ends &&
        one.starts < other.ends,
    );
    if (met) world.violate(`${by.name} put lesson ${one.id} where lesson ${met.id} is`);
  }
}

/**
 * A change of a series is one commit, in which all of its lessons change that are still to come, alike, and nothing
 * else of the tutor's.
 */
function checkSeries(world: Watched, before: Snapshot, by: Process): void {
  const series = world.wishes.get(by)?.series;
  const of = before.sessions.find(({ id }) => id === series?.of);
  if (!series || !of) return;
  const isMeant = (old: SeenSession) =>
    old.booking_id === of.booking_id &&
    isOpen(old) &&
    (series.scope === "all" || old.starts >= of.starts);
  const lessons = before.sessions.map((old) => ({
    old,
    now: world.seen.sessions.find(({ id }) => id === old.id) ?? old,
  }));
  const changed = lessons.filter(({ old, now }) => now.revision !== old.revision);
  const isLeft = ({ old, now }: (typeof lessons)[number]) =>
    now.revision === old.revision && isMeant(old) && old.starts > world.scheduler.now;
  const stranger = changed.find(({ old }) => !isMeant(old));
  if (stranger) world.violate(`${by.name} changed lesson ${of.id} and also ${stranger.old.id}`);
  const left = changed.length > 0 ? lessons.find(isLeft) : undefined;
  if (left) world.violate(`${by.name} left lesson ${left.old.id} of a series as it was`);
  const ways = changed.map(({ old, now }) => (isOpen(now) ? now.starts - old.starts : "off"));
  if (new Set(ways).size > 1) world.violate(`${by.name} changed the lessons of a series unlike`);
}

/**
 * Past and cancelled lessons keep what they had. So does one that is under way, as long as its room exists.
 */
function checkUntouched(world: Watched, old: SeenSession, now: SeenSession, by: Process): void {
  if (!isOpen(old)) world.violate(`${by.name} touched lesson ${now.id}, which is ${old.status}`);
  const room = old.join_url === null ? undefined : roomBehind(world, old.join_url);
  if (old.join_url === null || (room && !room.alive)) return;
  const hasBegun = old.starts < world.scheduler.now && old.starts === now.starts;
  if (hasBegun && !isManual(world, now)) {
    world.violate(`${by.name} moved lesson ${now.id}, which has begun`);
  }
  if (now.join_url === null) world.violate(`${by.name} took lesson ${now.id} its living room`);
}

const meetingOf = (snapshot: Snapshot, id: string | null): SeenMeeting | undefined =>
  snapshot.meetings.find((meeting) => meeting.id === id);

/** A room becomes a lesson's, and stops being so, in the same commit that changes where the lesson leads. */
function checkPair(world: Watched, before: Snapshot, session: SeenSession, by: Process): void {
  for (const room of world.seen.meetings.filter((one) => one.session_id === session.id)) {
    const was = meetingOf(before, room.id)?.state;
    const isTheirs = session.meeting_id === room.id;
    if (isOpen(session) && isTheirs && was === "live" && room.state === "superseded") {
      world.violate(`${by.name} let go of the room that lesson ${session.id} leads to`);
    }
    if (!isTheirs && was !== "live" && room.state === "live") {
      world.violate(`${by.name} took a room in that lesson ${session.id} doesn't lead to`);
    }
  }
}

/** While a link is being made, or an answer was lost, a row keeps its own short schedule. */
const SHORTLY_MS = 60_000;

/** No lesson is without a room at its start because somebody asked for a pause. */
function checkPause(world: Watched, session: SeenSession, by: Process): void {
  if (!isOpen(session) || session.meeting_id !== null || session.starts <= world.scheduler.now)
    return;
  const grant = world.seen.grants.find((one) => one.current && one.tutor_id === session.tutor_id);
  const waits = world.seen.meetings.some(
    (row) =>
      row.session_id === session.id &&
      row.state === "intended" &&
      row.generation === grant?.generation &&
      row.revision === session.revision &&
      (row.waits ?? 0) > session.starts + SHORTLY_MS,
  );
  if (waits) world.violate(`${by.name} lets lesson ${session.id} wait beyond its start`);
}

const isManual = (world: Watched, session: SeenSession): boolean =>
  meetingOf(world.seen, session.meeting_id)?.origin === "manual";

/** A room is swapped in only if it was made for the current generation, account and time. */
function checkSwap(world: Watched, before: Snapshot, session: SeenSession, by: Process): void {
  const room = meetingOf(world.seen, session.meeting_id);
  if (!room || room.origin === "manual") return;
  const old = meetingOf(before, room.id);
  if (old?.state === "live") return;
  const grant = world.seen.grants.find((one) => one.current && one.tutor_id === session.tutor_id);
  const stale =
    grant?.grant_id !== room.grant_id ||
    grant.generation !== room.generation ||
    (old?.state === "intended" && room.revision !== session.revision);
  if (stale) world.violate(`${by.name} swapped a room in that was made for an older wish`);
}

/** A tutor's connection changes only when somebody asked for exactly that. */
function checkConnections(world: Watched, before: Snapshot, by: Process): void {
  const wish = world.wishes.get(by);
  for (const grant of world.seen.grants.filter(({ current }) => current)) {
    if (wish?.target && wish.tutorId === grant.tutor_id) {
      const { provider, account } = wish.target;
      wish.isStored ||=
        grant.provider === provider && grant.account === account && grant.status === "connected";
    }
    const old = before.grants.find((one) => one.current && one.tutor_id === grant.tutor_id);
    const isSame = old?.grant_id === grant.grant_id && old.status === grant.status;
    if (isSame || isWished(world, by, grant)) continue;
    const died = old?.grant_id === grant.grant_id && grant.status === "needs_reconnect";
    if (!died) world.violate(`${by.name} connected a tutor elsewhere, which nobody wished`);
    else if (!mayBeDead(world, grant)) {
      world.violate(`${by.name} took the consent of ${grant.account} for dead, and it lives`);
    }
  }
}

/** A connection that dies is told in the very commit that says so, and nothing else is told as a death. */
function checkDeaths(world: Watched, before: Snapshot, by: Process): void {
  const isDead = (grant: SeenGrant | undefined) => grant?.status === "needs_reconnect";
  const died = world.seen.grants.filter(
    (grant) =>
      grant.current &&
      isDead(grant) &&
      !isDead(before.grants.find((one) => one.current && one.tutor_id === grant.tutor_id)),
  );
  const told = world.seen.deaths.length - before.deaths.length;
  if (told === died.length) return;
  world.violate(`${by.name} told of ${told} dead connections, and ${died.length} died`);
}

function isWished(world: Watched, by: Process, grant: SeenGrant): boolean {
  const wish = world.wishes.get(by);
  // A refused consent stores the new tokens under the other tutor's grant.
  if (wish?.tutorId !== grant.tutor_id) return wish?.target?.account === grant.account;
  if (wish.name === "undo") return true;
  if (wish.name === "disconnect") return grant.status === "disconnected";
  const { target } = wish;
  return target?.provider === grant.provider && target.account === grant.account;
}

/** The stored token is no longer valid, or the provider has falsely said so. */
function mayBeDead(world: Watched, { provider, grant_id, sealed }: SeenGrant): boolean {
  // Refusals in unknown words are believed when they last.
  const lies = ["invalid_grant", "refresh_refused"] as const;
  if (sealed === null || lies.some((kind) => world.faults.counts.has(kind))) return true;
  return !isGood(world, { provider, grant_id, sealed });
}

function isGood(
  world: Watched,
  { provider, grant_id, sealed }: Pick<SeenGrant, "provider" | "grant_id" | "sealed">,
): boolean {
  if (sealed === null) return false;
  const token = decrypt(world.config.tokenKeys, sealed, `${grant_id}/refresh`);
  return world.clouds[provider as ProviderId].isGood(token);
}

/**
 * Runs after a consent that lacked a permission. Where a consent ends the tokens before it, the account's grant goes
 * on with the new ones, unless something else ended them or is about to replace them.
 */
export function checkKept(world: Watched, by: Process): void {
  const own = world.wishes.get(by);
  const target = own?.target;
  if (!target || !world.clouds[target.provider].habits.oneConsent) return;
  const isOf = (one: { provider?: string; account?: string } | undefined) =>
    one?.provider === target.provider && one.account === target.account;
  const excuses = ["consent_withdrawn", "rotation_lost", "stalled", "clock_jump"] as const;
  // Of consents at the same moment nobody knows which one's tokens came last.
  const isBeside = ({ overAt }: Wish) => overAt === null || overAt > own.beganAt;
  const others = [...world.wishes].filter(
    ([who, wish]) => who !== by && isOf(wish.target) && isBeside(wish),
  );
  if (others.length > 0 || excuses.some((kind) => world.faults.counts.has(kind))) return;
  const grants = world.seen.grants.filter((one) => one.current && isOf(one));
  const isBusy = grants.some(({ due }) => due !== null && due > world.scheduler.now);
  if (grants.length === 0 || isBusy || grants.some((one) => isGood(world, one))) return;
  world.violate(`The tokens of a consent of ${target.account} were thrown away`);
}

/** Each side gets a new calendar entry once for a new time or place, and nothing else is sent twice. */
function checkTold(world: Watched, was: Map<string, SeenSession>, by: Process): void {
  for (const session of world.seen.sessions) {
    const old = was.get(session.id);
    if (!old || old.entry === session.entry) continue;
    const news = [
      old.student_told !== session.student_told,
      old.tutor_told !== session.tutor_told,
      old.revision !== session.revision,
    ].filter(Boolean).length;
    if (session.entry - old.entry > news)
      world.violate(`${by.name} told of lesson ${session.id} twice`);
  }
  for (const { to, subject } of world.seen.twice) {
    world.violate(`${by.name} wrote "${subject}" to ${to} a second time`);
  }
}

/** What people ask for, each by the verb that their button calls. */
import type { ProviderId } from "#lib/providers/provider.ts";
import { checkOwnLinks } from "#lib/services/drift/checkLinks.ts";
import { cancelSession } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { disconnectProvider } from "#lib/services/switching/disconnectProvider.ts";
import { refreshSessionLinks } from "#lib/services/switching/refreshSessionLinks.ts";
import { retryMigration } from "#lib/services/switching/retryMigration.ts";
import { undoMigration } from "#lib/services/switching/undoMigration.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { book, connect, enterLessons, someTime } from "./cast.ts";
import { isOpen } from "./links.ts";
import type { SeenGrant } from "./snapshot.ts";
import type { Wish } from "./watched.ts";
import type { World } from "./world.ts";

export const wishNames = [
  "connect",
  "switch",
  "switch_account",
  "reconnect",
  "refresh",
  "undo",
  "retry",
  "reschedule",
  "cancel",
  "reschedule_series",
  "cancel_series",
  "book",
  "add_lessons",
  "disconnect",
  "check",
] as const;
export type WishName = (typeof wishNames)[number];

/** The core requests are made more often than the others. */
const weights: Record<WishName, number> = {
  connect: 0,
  switch: 6,
  switch_account: 2,
  reconnect: 1,
  refresh: 3,
  undo: 4,
  retry: 2,
  reschedule: 3,
  cancel: 2,
  reschedule_series: 3,
  cancel_series: 1,
  book: 2,
  add_lessons: 3,
  disconnect: 2,
  check: 1,
};

interface Act {
  wish: Wish;
  run: (ctx: Context) => Promise<unknown>;
}

const other = (provider: string): ProviderId => (provider === "zoom" ? "google_meet" : "zoom");

/** Chance chooses the request and its object. Null if there is none to choose. */
export function somebodyWishes(world: World): Act | null {
  const { dice } = world;
  const tutor = dice.pick(world.people.tutors);
  const grant = world.seen.grants.find((one) => one.current && one.tutor_id === tutor.id);
  const isAway = grant !== undefined && grant.status !== "connected";
  if (isAway && dice.chance(0.5)) return wishFor(world, tutor, "reconnect");
  // A consent of the account that is connected already, which may give less than the one before.
  if (grant && world.faults.has("scope_less") && dice.chance(0.3)) {
    return wishFor(world, tutor, "reconnect");
  }
  const bag = wishNames.flatMap((name) => Array.from({ length: weights[name] }, () => name));
  return wishFor(world, tutor, dice.pick(bag));
}

export function wishFor(world: World, tutor: Person, name: WishName): Act | null {
  const grant = world.seen.grants.find((one) => one.current && one.tutor_id === tutor.id);
  const target = targetOf(world, tutor, name, grant);
  const beganAt = world.scheduler.now;
  const wish: Wish = { name, tutorId: tutor.id, target, isStored: false, beganAt, overAt: null };
  if (name === "reschedule_series" || name === "cancel_series") {
    return seriesAct(world, tutor, wish);
  }
  if (target) return { wish, run: (ctx) => connect(ctx, tutor, target) };
  const run = deed(world, tutor, name);
  return run && { wish, run };
}

function targetOf(world: World, tutor: Person, name: WishName, grant: SeenGrant | undefined) {
  const { dice } = world;
  const own = (provider: ProviderId) => ({ provider, account: `${tutor.name}-${provider}` });
  const provider = (grant?.provider ?? dice.pick(["zoom", "google_meet"])) as ProviderId;
  if (name === "switch") return own(grant ? other(provider) : provider);
  if (name === "connect") return own(provider);
  if (name === "reconnect" && grant) return { provider, account: grant.account };
  // An account that the tutors of a world share, so that they collide on it.
  if (name === "switch_account") return { provider, account: `shared-${provider}` };
  return undefined;
}

function deed(world: World, tutor: Person, name: WishName): Act["run"] | null {
  const { dice, seen } = world;
  switch (name) {
    case "refresh":
      return (ctx) => refreshSessionLinks(ctx, tutor);
    case "check":
      return (ctx) => checkOwnLinks(ctx, tutor);
    case "disconnect":
      return (ctx) => disconnectProvider(ctx, tutor);
    case "book":
      return (ctx) => book(world, ctx, tutor);
    case "add_lessons":
      return (ctx) => enterLessons(world, ctx, tutor);
    case "undo":
    case "retry": {
      const id = newest(world, tutor);
      if (!id) return null;
      return (ctx) =>
        name === "undo" ? undoMigration(ctx, tutor, id) : retryMigration(ctx, tutor, id);
    }
    case "reschedule":
    case "cancel": {
      const lessons = seen.sessions.filter(
        ({ tutor_id, status }) =>
          tutor_id === tutor.id && ["SCHEDULED", "JOIN_OPEN"].includes(status),
      );
      if (lessons.length === 0) return null;
      const { id } = dice.pick(lessons);
      if (name === "cancel") return (ctx) => cancelSession(ctx, tutor, id);
      const startsAt = someTime(world).toISOString();
      return (ctx) => rescheduleSession(ctx, tutor, id, { startsAt });
    }
    default:
      return null;
  }
}

const SHIFTS_MINUTES = [-90, -30, 45, 24 * 60, 7 * 24 * 60];

/** A change of several lessons of one booking, from one of them on or of all that are still to come. */
function seriesAct(world: World, tutor: Person, wish: Wish): Act | null {
  const { dice, seen, scheduler } = world;
  const ahead = seen.sessions.filter(
    (one) => one.tutor_id === tutor.id && isOpen(one) && one.starts > scheduler.now,
  );
  const several = ahead.filter((one) =>
    ahead.some(({ id, booking_id }) => id !== one.id && booking_id === one.booking_id),
  );
  const lessons = several.length > 0 ? several : ahead;
  if (lessons.length === 0) return null;
  const { id, starts } = dice.pick(lessons);
  const scope = dice.pick(["following", "all"] as const);
  wish.series = { of: id, scope };
  if (wish.name === "cancel_series") {
    return { wish, run: (ctx) => cancelSession(ctx, tutor, id, { scope }) };
  }
  const startsAt = new Date(starts + dice.pick(SHIFTS_MINUTES) * 60_000).toISOString();
  return { wish, run: (ctx) => rescheduleSession(ctx, tutor, id, { startsAt, scope }) };
}

const newest = (world: World, tutor: Person): string | undefined =>
  world.seen.migrations
    .filter(({ tutor_id }) => tutor_id === tutor.id)
    .sort((a, b) => a.generation - b.generation)
    .at(-1)?.id;

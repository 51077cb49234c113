/**
 * Scans a tutor's accounts for meetings that carry our mark and that the ledger has no use for. Only what is
 * in our own ledger is deleted, in the usual way. What isn't in it is reported and never touched: a restored
 * backup doesn't know what was made since, and a copy of the database may run elsewhere.
 */
import { addMinutes, addSeconds, latest } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import { ProviderError } from "#lib/providers/errors.ts";
import type { MarkedMeeting, ProviderId, WayIn } from "#lib/providers/provider.ts";
import { type ActiveGrant, activeGrants } from "#lib/records/grants/queries/active.ts";
import { installationId } from "#lib/records/installation/queries.ts";
import { isNamed, rowsOfMarked } from "#lib/records/meetings/queries/orphans.ts";
import { orphanRow } from "#lib/records/meetings/queries/rows.ts";
import { changeIdleMeeting, insertMeeting } from "#lib/records/meetings/queries.ts";
import { classify, type Meeting } from "#lib/records/meetings/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import { askProvider } from "#lib/services/calls/askProvider.ts";
import { keepPasscode } from "#lib/services/calls/passcodes.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** People can still enter the rooms of lessons that have just begun. */
const BACK_MINUTES = 24 * 60;
/** How long to wait after a scan that failed in passing, if the provider names no date. */
const AGAIN_MINUTES = 5;

const UNCONFIGURED_MINUTES = 60;

/** A look may take so long, where nothing else says how long. */
const SCAN_SECONDS = 60;
/** No lease is held here, so a page may wait long for a slow pace. */
const PATIENCE_SECONDS = 15;

type Found = Pick<MarkedMeeting, "externalId" | "key">;

export interface Orphan extends Found {
  sessionId: string;
  /**
   * deleting: it will be deleted. refused: the provider doesn't let us delete it. kept: somebody has written
   * it into a lesson by hand.
   */
  outcome: "deleting" | "refused" | "kept";
}

export interface GrantScan {
  grantId: string;
  provider: ProviderId;
  current: boolean;
  looked: boolean;
  /** Why it wasn't scanned. `again`: when another try is worthwhile; null: never with these tokens. */
  error?: { code: string; detail: string; again: Date | null };
  orphans: Orphan[];
  unknown: Found[];
  /** The external ids of everything that was found. */
  living: string[];
  /** Where a scan that didn't get to the end goes on; null: from the beginning. */
  place: string | null;
}

export interface OrphansReport {
  grants: GrantScan[];
}

/**
 * Idempotent, also beside other work and when two processes run it at once. Never throws a provider's error:
 * a grant that can't be used is reported, and the others are scanned.
 * @param of.places the grants to scan and where in their lists to begin; all grants if it is left out
 * @param of.end no page is asked for after it
 */
export async function findOrphans(
  ctx: Context,
  tutorId: string,
  of: { places?: ReadonlyMap<string, string | null>; end?: Date } = {},
): Promise<OrphansReport> {
  const end = of.end ?? addSeconds(ctx.clock(), SCAN_SECONDS);
  const active = await asService(ctx.db, (trx) => activeGrants(trx, tutorId, ctx.clock()));
  const grants: GrantScan[] = [];
  for (const grant of active.filter(({ grant_id: id }) => of.places?.has(id) ?? true)) {
    grants.push(await scan(ctx, tutorId, grant, of.places?.get(grant.grant_id) ?? null, end));
  }
  const orphans = grants.flatMap((grant) => grant.orphans);
  const unknown = grants.flatMap((grant) => grant.unknown);
  if (orphans.length + unknown.length > 0) {
    ctx.log.warn(
      { tutorId, orphans, unknown },
      "Meetings without a use were found at the provider",
    );
  }
  return { grants };
}

async function scan(
  ctx: Context,
  tutorId: string,
  grant: ActiveGrant,
  place: string | null,
  end: Date,
): Promise<GrantScan> {
  const { grant_id: grantId, provider, current } = grant;
  const result: GrantScan = {
    grantId,
    provider,
    current,
    looked: false,
    orphans: [],
    unknown: [],
    living: [],
    place,
  };
  const unable = whyNot(ctx, grant);
  if (unable) return { ...result, error: unable };
  const since = ctx.clock();
  try {
    const installation = await installationId(ctx.db);
    const of = { installationId: installation, from: addMinutes(since, -BACK_MINUTES) };
    const ask = { kind: "find", by: tutorId, patienceSeconds: PATIENCE_SECONDS } as const;
    const seen = new Set<string>();
    do {
      const page = await askProvider(ctx, grantId, ask, (grantSession) =>
        grantSession.provider.listMarked(grantSession.access, of, result.place),
      );
      const news = page.here.filter(({ externalId }) => !seen.has(externalId));
      for (const { externalId } of news) seen.add(externalId);
      await sort(ctx, { tutorId, grantId, provider, since }, news, result);
      result.place = page.next;
    } while (result.place !== null && ctx.clock() < end);
    result.living = [...seen];
    if (result.place === null) return { ...result, looked: true };
    const detail = "The list is long; the look goes on from here.";
    return { ...result, error: { code: "unavailable", detail, again: ctx.clock() } };
  } catch (error) {
    // What the provider refuses for good, as it does a place that is too old, is the place.
    const isPlace = error instanceof ProviderError && result.place !== null && isFinal(error);
    const again = addMinutes(ctx.clock(), AGAIN_MINUTES);
    const why = errorOf(ctx, tutorId, error);
    return isPlace
      ? { ...result, place: null, error: { ...why, again } }
      : { ...result, error: why };
  }
}

const isFinal = ({ class: kind, code }: ProviderError): boolean =>
  kind === "permanent" || code === "refused";

/** Takes care of what stands on one page. */
async function sort(
  ctx: Context,
  at: { tutorId: string; grantId: string; provider: ProviderId; since: Date },
  found: MarkedMeeting[],
  result: GrantScan,
): Promise<void> {
  const { tutorId, since } = at;
  const rows = await asService(ctx.db, (trx) => rowsOfMarked(trx, found));
  for (const meeting of found) {
    const finding = classify(meeting, rows, { tutorId, since, now: ctx.clock() });
    if (finding === "unknown") result.unknown.push(nameOf(meeting));
    if (finding === "known" || finding === "unknown") continue;
    const orphan = await resolveOrphan(ctx, at, meeting);
    if (orphan) result.orphans.push(orphan);
  }
}

function whyNot(ctx: Context, grant: ActiveGrant): GrantScan["error"] | null {
  const { error_code: code, error_detail: detail, provider } = grant;
  if (code !== null) {
    return { code, detail: detail ?? "The connection needs to be reconnected.", again: null };
  }
  if (grant.isBeingRevoked) {
    return { code: "leaving", detail: "The connection is being given up.", again: null };
  }
  if (ctx.providers.has(provider)) return null;
  const label = ctx.providers.label(provider);
  return {
    code: "not_configured",
    detail: `${label} has no credentials in the settings.`,
    // Nobody tells a row that the operator has entered some. A replaced connection is given up.
    again: grant.current ? addMinutes(ctx.clock(), UNCONFIGURED_MINUTES) : null,
  };
}

function errorOf(ctx: Context, tutorId: string, error: unknown): NonNullable<GrantScan["error"]> {
  const later = addMinutes(ctx.clock(), AGAIN_MINUTES);
  if (error instanceof ProviderError) {
    const again = error.class === "wait" ? latest(error.retryAt ?? later, later) : null;
    return { code: error.code, detail: error.message, again };
  }
  // This is a fault of ours. It must not keep the other grants from being scanned.
  ctx.log.error({ tutorId, err: error }, "A look for strays failed");
  return {
    code: "unexpected",
    detail: "The check failed unexpectedly; the log says why.",
    again: later,
  };
}

/** Decides under the tutor's lock, by the ledger as it is then. @returns null if nothing is wrong */
async function resolveOrphan(
  ctx: Context,
  at: { tutorId: string; grantId: string; provider: ProviderId; since: Date },
  found: MarkedMeeting,
): Promise<Orphan | null> {
  const { tutorId, grantId, provider } = at;
  const room = await roomOf(ctx, at, found.externalId);
  if (!room) return null;
  const { joinUrl: link } = room;
  return asService(ctx.db, async (trx) => {
    await lockTutor(trx, tutorId);
    const now = ctx.clock();
    const rows = await rowsOfMarked(trx, [found]);
    const finding = classify(found, rows, { tutorId, since: at.since, now });
    const own = rows.find((row) => row.key === found.key);
    if (!own || finding === "known") return null;
    if (finding === "made") {
      // The row's own lookup takes the meeting up, as it does after any lost answer.
      const lookFor = { outcome_unknown: true, lookups: 0, next_attempt_at: now };
      await changeIdleMeeting(trx, own.id, ["intended"], lookFor, now);
      await ctx.nudge(trx, tutorId);
      return null;
    }
    const orphan = { ...nameOf(found), sessionId: own.session_id };
    if (await isNamed(trx, { provider, externalId: found.externalId, joinUrl: link })) {
      return { ...orphan, outcome: "kept" };
    }
    if (finding === "refused") return { ...orphan, outcome: "refused" };
    const session = await sessionById(trx, own.session_id);
    if (!session) throw new Error(`Meeting ${own.id} has no lesson`);
    const row = await insertMeeting(trx, {
      ...orphanRow(ctx.newId(), { row: madeWith(own, grantId), session }, found.externalId, now),
      // By this link the room is recognised and kept if somebody writes it into a lesson by hand from now on.
      join_url: link,
    });
    await keepPasscode(ctx, trx, row.id, room);
    await ctx.nudge(trx, tutorId);
    return { ...orphan, outcome: "deleting" };
  });
}

const nowhere = { joinUrl: null, passcode: null };

const nameOf = ({ externalId, key }: MarkedMeeting): Found => ({ externalId, key });

const madeWith = (row: Meeting, grantId: string): Meeting => ({ ...row, grant_id: grantId });

/**
 * `joinUrl` is where people enter, or null if it leads to no room. @returns null if the meeting is gone by now
 */
async function roomOf(
  ctx: Context,
  { tutorId, grantId }: { tutorId: string; grantId: string },
  externalId: string,
): Promise<(Pick<WayIn, "passcode"> & { joinUrl: string | null }) | null> {
  try {
    const room = await askProvider(ctx, grantId, { kind: "get", by: tutorId }, (grantSession) =>
      grantSession.provider.getMeeting(grantSession.access, externalId),
    );
    return room.state === "ready" ? room : nowhere;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.leftover !== undefined) return nowhere;
    if (error.code === "gone") return null;
    throw error;
  }
}

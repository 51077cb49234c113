import type { Selectable } from "kysely";
import { addMinutes, latest, nextUtcMidnight } from "#lib/platform/clock.ts";
import type { Meetings } from "#lib/platform/database.types.ts";
import { errorClasses, ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { MarkedMeeting } from "#lib/providers/provider.ts";
import { utcDay } from "#lib/records/budgets/rules.ts";

/** A row of the ledger; its states and their arrows are described in the paragraph at the table. */
export type Meeting = Selectable<Meetings>;

export const meetingStates = [
  "intended",
  "live",
  "superseded",
  "deleting",
  "deleted",
  "lost",
  "ended",
  "abandoned",
  "stranded",
] as const;
export type MeetingState = (typeof meetingStates)[number];

/** The columns of a row that nothing is to be done about, for now. */
export const atRest = { attempts: 0, next_attempt_at: null, error_code: null, error_detail: null };

/** A replaced room stays for as long as an undo could need it, so that whoever is inside isn't thrown out. */
export const oldRoomStaysUntil = (
  replacedAt: Date,
  { undoWindowMinutes }: { undoWindowMinutes: number },
): Date => addMinutes(replacedAt, undoWindowMinutes);

/**
 * The key of a meeting is Google's event id (`[a-v0-9]{5,1024}`) and part of Zoom's marker. It is the row's
 * UUID in base32hex, 26 characters.
 */
const ALPHABET = "0123456789abcdefghijklmnopqrstuv";

export function meetingKey(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let key = "";
  for (let i = 0; i < 26; i++) {
    key = ALPHABET[Number(bits & 31n)] + key;
    bits >>= 5n;
  }
  return key;
}

/** More than this on one day wouldn't help: whoever changes the room does so again. */
const REPAIRS_A_DAY = 3;

/**
 * The columns of a room whose provider is to be told again: no lesson has revision 0, so the plan will update it.
 * @returns null where the room has had its repairs of the day; a repair that waits already isn't counted again
 */
export function repairOf(
  row: Pick<Meeting, "revision" | "repairs" | "repaired_at">,
  found: { title: string; startsAt: Date | null },
  now: Date,
) {
  if (row.revision === 0) return {};
  const done = ofToday(row.repairs, row.repaired_at, now);
  if (done >= REPAIRS_A_DAY) return null;
  return {
    revision: 0,
    repaired_title: found.title,
    repaired_starts_at: found.startsAt,
    repaired_at: now,
    repairs: done + 1,
  };
}

const ofToday = (count: number, last: Date | null, now: Date): number =>
  last !== null && utcDay(last) === utcDay(now) ? count : 0;

/** Minutes until a write is made again, after so many of the day whose answers didn't say what they did. */
const UNCLEAR_MINUTES = [0, 5, 30, 120];

/** The same of those that ended with a server error or in silence, and so did very likely nothing. */
const SILENT_MINUTES = [0, 0, 1, 2, 5, 10, 20, 40, 60, 120, 120];

type Unclear = Pick<Meeting, "unclear_at" | "unclear_writes" | "silent_writes">;

/** The columns after one more such write of a room. */
export const unclearWrite = (
  row: Unclear,
  now: Date,
  { isSilent = false }: { isSilent?: boolean } = {},
): Unclear => ({
  unclear_at: now,
  unclear_writes: ofToday(row.unclear_writes, row.unclear_at, now) + 1,
  silent_writes: ofToday(row.silent_writes, row.unclear_at, now) + (isSilent ? 1 : 0),
});

/**
 * When a write may be made again that shows no effect. The provider counts each one, so after a few it waits for the
 * provider's next day.
 */
export function nextWriteAt(row: Unclear, now: Date): Date {
  const silent = ofToday(row.silent_writes, row.unclear_at, now);
  const others = ofToday(row.unclear_writes, row.unclear_at, now) - silent;
  const after = (minutes: readonly number[], done: number): Date => {
    const pause = done === 0 ? 0 : minutes[done - 1];
    return pause === undefined ? nextUtcMidnight(now) : addMinutes(now, pause);
  };
  return latest(after(UNCLEAR_MINUTES, others), after(SILENT_MINUTES, silent));
}

/** After so many a lesson has had its share of the account's day, however near it is. */
const MOST_UNCLEAR_A_DAY = 12;

/** Whether a write of the row has been made in vain today: another one leaves the day's reserve to other lessons. */
export const isWriteRepeated = (row: Unclear, now: Date): boolean =>
  ofToday(row.unclear_writes, row.unclear_at, now) > 0;

export const isDaysShareUsed = (row: Unclear, now: Date): boolean =>
  ofToday(row.unclear_writes, row.unclear_at, now) >= MOST_UNCLEAR_A_DAY;

/** A conference that takes longer than this isn't waited for. */
const MAKING_MINUTES = 10;
/** Whether a meeting whose room isn't ready yet has been waited for in vain. When the waiting began is noted. */
export const isMadeForTooLong = ({ unclear_at: since }: Unclear, now: Date): boolean =>
  since !== null && now >= addMinutes(since, MAKING_MINUTES);

/** For so long a list that can't be read keeps a lost meeting from being made again; or so long, just before its lesson. */
const IN_VAIN_MINUTES = { usual: 60, urgent: 1 };

/** Whether it has been looked for long enough, although no look could be ended. */
export const isLookedForInVain = (
  row: Pick<Meeting, "unclear_at" | "created_at">,
  urgent: boolean,
  now: Date,
): boolean =>
  now >=
  addMinutes(
    row.unclear_at ?? row.created_at,
    urgent ? IN_VAIN_MINUTES.urgent : IN_VAIN_MINUTES.usual,
  );

/**
 * Minutes until a room is asked about again after a report, each time that its provider gave no answer. Then it is
 * left to the checks that come anyway.
 */
const CHECK_AGAIN_MINUTES = [5, 15, 60, 240, 720];

/** The columns after such a check. */
export function nextCheck({ check_tries: done }: Pick<Meeting, "check_tries">, now: Date) {
  const minutes = CHECK_AGAIN_MINUTES[done];
  return minutes === undefined
    ? { check_at: null, check_tries: 0 }
    : { check_at: addMinutes(now, minutes), check_tries: done + 1 };
}

/** An unknown refusal is believed once nothing else has been answered for this long. */
const LASTING_HOURS = 6;

/** Whether the last answer was a refusal that nobody here knows. */
export const isUnknownRefusal = ({ error_code: code }: { error_code?: unknown }): boolean =>
  code === ("refused" satisfies ProviderErrorCode);

type Refused = Pick<Meeting, "refused_since">;

/** The error as it stands: an unknown refusal that has lasted says that the same request will always be refused. */
export function believedRefusal(
  { refused_since: since }: Refused,
  error: ProviderError,
  now: Date,
) {
  const hasLasted = since !== null && now >= addMinutes(since, LASTING_HOURS * 60);
  if (error.code !== "refused" || !hasLasted) return error;
  const { message, status, said } = error;
  return new ProviderError("invalid_request", message, {
    said,
    cause: error,
    ...(status !== undefined && { status }),
  });
}

/** Meanwhile it is tried more and more rarely: after half as long again as it has lasted. */
export const afterRefusal = ({ refused_since: since }: Refused, backoff: Date, now: Date): Date =>
  since === null
    ? backoff
    : latest(backoff, new Date(now.getTime() + (now.getTime() - since.getTime()) / 2));

/**
 * Minutes until the account is scanned for orphans, after a create that may still land was given up or made
 * again.
 */
const SCAN_MINUTES = [2, 15] as const;

/** No request is under way for this long, and few people copy a lesson's meeting within it. */
const COPY_MINUTES = 180;

/** The columns of a row whose create may still land. */
export const firstOrphanScan = (now: Date) => ({
  orphan_scan_at: addMinutes(now, SCAN_MINUTES[0]),
  orphan_scans: 0,
  orphan_scan_place: null,
});

/**
 * When to try again where the tutor's tokens are good for no scan: after as long as the row has waited, between an hour and
 * a day. A new consent brings it forward, so this is only for what nobody tells us of.
 */
export function scanWhenReachable({ created_at: since }: Pick<Meeting, "created_at">, now: Date) {
  const waited = (now.getTime() - since.getTime()) / 60_000;
  return addMinutes(now, Math.min(Math.max(waited, 60), 1_440));
}

/** The columns after a scan that succeeded. */
export function nextOrphanScan({ orphan_scans: done }: Pick<Meeting, "orphan_scans">, now: Date) {
  const [last, next] = [SCAN_MINUTES[done], SCAN_MINUTES[done + 1]];
  const at = last && next ? addMinutes(now, next - last) : null;
  return { orphan_scan_at: at, orphan_scans: done + 1, orphan_scan_place: null };
}

export type Finding =
  /** The ledger takes care of it, or another scan that is under way does. */
  | "known"
  /** Its row waits to be made, and the meeting already exists. */
  | "made"
  /** It is ours, and nobody uses it. */
  | "orphan"
  /** Nobody uses it either, but the provider permanently refuses to delete it. */
  | "refused"
  /** It isn't in this ledger: it is somebody else's and carries our mark. */
  | "unknown";

const activeStates: MeetingState[] = ["intended", "live", "superseded", "deleting", "ended"];

/**
 * Classifies a meeting that was found at the provider. `rows` holds at least the rows with its key and with
 * its external id. `since` is when the provider was asked: a meeting that has ended since then may still have
 * been listed.
 */
export function classify(
  found: MarkedMeeting,
  rows: Meeting[],
  of: { tutorId: string; since: Date; now: Date },
): Finding {
  const own = rows.find((row) => row.key === found.key);
  if (!own) return "unknown";
  // Two tutors may share an account. Each tutor's own scan handles that tutor's meetings.
  if (own.tutor_id !== of.tutorId) return "known";
  const holders = rows.filter(
    (row) => row.external_id === found.externalId && row.provider === own.provider,
  );
  if (holders.some((row) => activeStates.includes(row.state))) return "known";
  if (own.state === "intended") {
    const isLeased = own.lease_until !== null && own.lease_until > of.now;
    if (own.outcome_unknown || isLeased) return "known";
    if (own.external_id === null) return "made";
  }
  if (holders.some((row) => row.closed_at !== null && row.closed_at >= of.since)) return "known";
  if (isCopy(found, own)) return "unknown";
  return holders.some(isRefused) ? "refused" : "orphan";
}

/** Created long after we last asked for it: somebody has copied one of our meetings, including its mark. */
const isCopy = ({ createdAt }: MarkedMeeting, own: Meeting): boolean =>
  createdAt !== null && createdAt > addMinutes(lastAskedFor(own), COPY_MINUTES);

/** The latest time at which we may have asked for it. */
const lastAskedFor = ({ created_at: first, live_at: live, closed_at: closed }: Meeting): Date =>
  latest(first, live ?? first, closed ?? first);

const isRefused = ({ state, error_code: code }: Meeting): boolean =>
  state === "stranded" && code !== null && errorClasses[code as ProviderErrorCode] === "permanent";

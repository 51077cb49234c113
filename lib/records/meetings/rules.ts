import type { Selectable } from "kysely";
import { addMinutes, latest } from "#lib/platform/clock.ts";
import type { Meetings } from "#lib/platform/database.types.ts";
import { errorClasses, type ProviderErrorCode } from "#lib/providers/errors.ts";
import type { MarkedMeeting } from "#lib/providers/provider.ts";

/** Row of the ledger; its states and their arrows stand in the paragraph at the table. */
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

/** Longer than one call (`CALL_TIMEOUT_MS`): when it is over, the caller has answered or died. */
export const CALL_LEASE_SECONDS = 10;

/**
 * The key of a meeting: Google's event id (`[a-v0-9]{5,1024}`) and part of Zoom's marker. It is the
 * row's uuid in base32hex, 26 characters.
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

/** After a create that may land late was given up or made again, its account is looked through. */
const SCAN_MINUTES = [2, 15] as const;

/** No request is on its way for so long, and few people copy a lesson's meeting within it. */
const COPY_MINUTES = 180;

/** What a row gets whose create may still land. */
export const firstOrphanScan = (now: Date) => ({
  orphan_scan_at: addMinutes(now, SCAN_MINUTES[0]),
  orphan_scans: 0,
});

/** What becomes of it after a look that succeeded. */
export function nextOrphanScan({ orphan_scans: done }: Pick<Meeting, "orphan_scans">, now: Date) {
  const [last, next] = [SCAN_MINUTES[done], SCAN_MINUTES[done + 1]];
  const at = last && next ? addMinutes(now, next - last) : null;
  return { orphan_scan_at: at, orphan_scans: done + 1 };
}

export type Finding =
  /** The ledger has it in hand, or another look that is under way has. */
  | "known"
  /** Its row waits to be made: it is there already. */
  | "made"
  /** Ours and of no use to anybody. */
  | "orphan"
  /** Of no use either, but the provider refuses for good to delete it. */
  | "refused"
  /** Not in this ledger: somebody else's with our mark. */
  | "unknown";

const activeStates: MeetingState[] = ["intended", "live", "superseded", "deleting", "ended"];

/**
 * What a meeting found at the provider is to us. `rows`: at least those of its key and of its external
 * id. `since`: when the provider was asked; what has ended since then may have been listed all the same.
 */
export function classify(
  found: MarkedMeeting,
  rows: Meeting[],
  of: { tutorId: string; since: Date; now: Date },
): Finding {
  const own = rows.find((row) => row.key === found.key);
  if (!own) return "unknown";
  // Two tutors may share an account; each one's own look sees to theirs.
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

/** Made long after we last asked for it: somebody has copied a meeting of ours, mark and all. */
const isCopy = ({ createdAt }: MarkedMeeting, own: Meeting): boolean =>
  createdAt !== null && createdAt > addMinutes(lastAskedFor(own), COPY_MINUTES);

/** At the latest. */
const lastAskedFor = ({ created_at: first, live_at: live, closed_at: closed }: Meeting): Date =>
  latest(first, live ?? first, closed ?? first);

const isRefused = ({ state, error_code: code }: Meeting): boolean =>
  state === "stranded" && code !== null && errorClasses[code as ProviderErrorCode] === "permanent";

/** What one reading of a room at its provider says, beside what the provider answered to our last write. Pure. */
import type { Meeting as FoundMeeting } from "#lib/providers/provider.ts";
import { isSameMinute } from "#lib/providers/wire.ts";
import { cutText } from "#lib/providers/words.ts";
import type { Meeting } from "#lib/records/meetings/rules.ts";

type Ready = Extract<FoundMeeting, { state: "ready" }>;

export interface Comparison {
  /** Its time or title was changed past us, or never arrived: the provider is to be told again. */
  isWrong: boolean;
  /** How the provider spells what it was told, as far as that is news. */
  learnt: Partial<Pick<Meeting, "answered_title" | "answered_starts_at">>;
  /** varies: it leads into the same room and has come back changed before, so it says nothing. */
  link: "same" | "changed" | "varies";
}

/**
 * A difference that is there again after it was repaired is how the provider spells it, and no difference. Only a
 * time that is known to have arrived was changed by somebody when it differs again.
 */
export function compareRoom(room: Meeting, found: Ready, titleLength: number): Comparison {
  const learnt: Comparison["learnt"] = {};
  let isWrong = isUntold(room);
  if (!isSameTitle(found.title, room.answered_title ?? cutText(room.title, titleLength))) {
    const { repaired_title: before } = room;
    const isAgain = !isToBeTold(room) && before !== null && isSameTitle(found.title, before);
    if (isAgain) learnt.answered_title = found.title;
    else isWrong = true;
  }
  // A meeting without a fixed time has none that could be another one. Its way in is compared all the same.
  if (
    found.startsAt !== null &&
    !isSameMinute(found.startsAt, room.answered_starts_at ?? room.starts_at)
  ) {
    const isKnown = room.answered_starts_at !== null || isToBeTold(room);
    if (!isKnown && isRepairedBefore(room, found.startsAt)) {
      learnt.answered_starts_at = found.startsAt;
    } else isWrong = true;
  }
  return { isWrong, learnt, link: compareLink(room, found.joinUrl) };
}

/** Nothing is to be noted of it. */
export const isNothing = ({ isWrong, learnt, link }: Comparison): boolean =>
  !isWrong && link === "same" && Object.keys(learnt).length === 0;

/**
 * The columns that say what the provider gave back after a write. A time that is far from the one it was told is
 * believed only if it was there before the write as well: telling it again won't change it.
 */
export function answerOf(
  room: Pick<Meeting, "starts_at" | "repaired_starts_at">,
  answer: FoundMeeting | null,
): Pick<Meeting, "answered_title" | "answered_starts_at"> {
  if (answer?.state !== "ready") return { answered_title: null, answered_starts_at: null };
  const { startsAt, title } = answer;
  const isBelieved =
    startsAt !== null &&
    (isSameMinute(startsAt, room.starts_at) || isRepairedBefore(room, startsAt));
  return { answered_title: title, answered_starts_at: isBelieved ? startsAt : null };
}

/**
 * The columns that say what a repair was made for. A time that went away with the write isn't how the provider spells
 * the right one: if it is there again, somebody has set it again.
 */
export function afterRepair(
  room: Pick<Meeting, "repaired_starts_at">,
  answer: FoundMeeting | null,
): Partial<Pick<Meeting, "repaired_starts_at">> {
  const startsAt = answer?.state === "ready" ? answer.startsAt : null;
  const { repaired_starts_at: before } = room;
  const hasGone = before !== null && startsAt !== null && !isSameMinute(startsAt, before);
  return hasGone ? { repaired_starts_at: null } : {};
}

/** An update was refused for good, so the room never got the lesson's time. It is worth another try. */
const isUntold = (room: Meeting): boolean =>
  room.error_code !== null && room.next_attempt_at === null;

/** Its repair is still to be made, perhaps on another day. */
const isToBeTold = ({ revision }: Pick<Meeting, "revision">): boolean => revision === 0;

const isRepairedBefore = (
  { repaired_starts_at: before }: Pick<Meeting, "repaired_starts_at">,
  startsAt: Date,
): boolean => before !== null && isSameMinute(before, startsAt);

/** Nobody means anything by how many spaces there are, or by which way an accent is written. */
const isSameTitle = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (title: string): string => title.normalize("NFC").replace(/\s+/g, " ").trim();

function compareLink(room: Meeting, link: string): Comparison["link"] {
  if (link === room.join_url) return "same";
  return room.link_varies && pathOf(link) === pathOf(room.join_url) ? "varies" : "changed";
}

const pathOf = (link: string | null): string | null =>
  link !== null && URL.canParse(link) ? new URL(link).pathname : null;

/** Whether a meeting is what it was told to be, as far as providers give that back. */
import type { MeetingTimes } from "#lib/providers/provider.ts";
import { isSameMinute } from "#lib/providers/wire.ts";
import { cutText } from "#lib/providers/words.ts";

/** A meeting without a fixed time has no time that could be another one. */
export const isAsTold = (
  { title, startsAt }: { title: string; startsAt: Date | null },
  told: Pick<MeetingTimes, "title" | "startsAt">,
  titleLength: number,
): boolean =>
  (startsAt === null || isSameMinute(startsAt, told.startsAt)) &&
  barely(title) === barely(cutText(told.title, titleLength));

/** What no provider changes: they leave out characters of four bytes, and may cut, trim and join what is between letters. */
const barely = (title: string): string =>
  title.replace(/[\u{10000}-\u{10FFFF}]|[^\p{L}\p{N}]/gu, "");

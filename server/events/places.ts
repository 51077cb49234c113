/**
 * How many streams each person has open in this process. Whoever comes after the last place is refused and
 * reads every few seconds instead. Nobody's older stream is ended for it: that one would come straight back.
 */
import { MOST_STREAMS } from "#lib/records/limits/rules.ts";
import { tooMany } from "#lib/services/verb/errors.ts";

/** The page reads this often while it has no stream. */
const READ_EVERY_SECONDS = 5;

const taken = new Map<string, number>();

/** @returns an idempotent function that gives the place back. @throws Refusal `too_many` */
export function takePlace(personId: string): () => void {
  const before = taken.get(personId) ?? 0;
  if (before >= MOST_STREAMS) throw tooMany("streams", READ_EVERY_SECONDS);
  taken.set(personId, before + 1);
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    const left = (taken.get(personId) ?? 1) - 1;
    if (left > 0) taken.set(personId, left);
    else taken.delete(personId);
  };
}

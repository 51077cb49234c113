/**
 * How many streams each person has open in this process. Whoever comes after the last place is refused and
 * reads every few seconds instead. Nobody's older stream is ended for it: that one would come straight back.
 */
import { MOST_STREAMS } from "#lib/records/limits/rules.ts";
import { tooMany } from "#lib/services/verb/errors.ts";

/** The page reads this often while it has no stream. */
const READ_EVERY_SECONDS = 5;

const taken = new Map<string, number>();

/** @throws Refusal `too_many` where the person has no place left */
export function requirePlace(personId: string): void {
  if (placesOf(personId) >= MOST_STREAMS) throw tooMany("streams", READ_EVERY_SECONDS);
}

const placesOf = (personId: string): number => taken.get(personId) ?? 0;

/** @returns an idempotent function that gives the place back. @throws Refusal `too_many` */
export function takePlace(personId: string): () => void {
  requirePlace(personId);
  taken.set(personId, placesOf(personId) + 1);
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    const left = placesOf(personId) - 1;
    if (left > 0) taken.set(personId, left);
    else taken.delete(personId);
  };
}

import { useState } from "react";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { bodyOf, errorsOf, type LessonWish, noWish, startsOf, type WishErrors } from "./wish.ts";

/** What a form for lessons holds, as it is being filled in. @param touched is called with each change */
export function useWish(touched: () => void) {
  const { zone } = useTimes();
  const now = useNow();
  const [wish, setWish] = useState(noWish);
  const [errors, setErrors] = useState<WishErrors>({});
  return {
    wish,
    errors,
    count: startsOf(wish, zone).length,
    change: (part: Partial<LessonWish>) => {
      setWish((before) => ({ ...before, ...part }));
      setErrors({});
      touched();
    },
    /** What the verbs take; null, and said at the fields, where something is missing. */
    read: () => {
      const found = errorsOf(wish, zone, now);
      setErrors(found);
      return Object.keys(found).length > 0 ? null : bodyOf(wish, zone);
    },
    clear: () => setWish(noWish),
  };
}

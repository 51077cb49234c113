import { useState } from "react";
import type { useCall } from "#components/calls/useCall.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { fromLocalInput, occurrenceOf, toLocalInput } from "#lib/platform/localTime.ts";

type Call = Pick<ReturnType<typeof useCall>, "problem" | "at" | "forget">;

/**
 * The field for another time of a lesson, on the clocks of the zone that is shown. Whatever the server says, but about the
 * message, stands at it.
 * @param noDate what is said of a time that there isn't
 */
export function useNewTime(startsAt: string, { problem, at, forget }: Call, noDate: string) {
  const times = useTimes();
  const { zone } = times;
  const now = useNow();
  const [value, setValue] = useState(() => toLocalInput(startsAt, zone));
  const [isMissing, setMissing] = useState(false);
  const instant = fromLocalInput(value, zone);
  const isOfMessage = problem?.field === "message";
  const refusal = at("startsAtLocal") ?? (isOfMessage ? null : (problem?.sentence ?? null));
  return {
    /** The name of the zone then. */
    zoneName: times.zoneName(instant ?? now),
    isTwice: occurrenceOf(value, zone) === "twice",
    /** What the verbs take; null, and said at the field, where nothing valid is filled in. */
    read: (): { startsAtLocal: string; timeZone: string } | null => {
      setMissing(instant === null);
      return instant === null ? null : { startsAtLocal: value, timeZone: zone.name };
    },
    field: {
      type: "datetime-local",
      value,
      min: toLocalInput(now, zone),
      onChange: (event: { currentTarget: { value: string } }) => {
        setValue(event.currentTarget.value);
        setMissing(false);
        forget();
      },
      error: isMissing ? noDate : refusal,
      "data-autofocus": true,
    },
  };
}

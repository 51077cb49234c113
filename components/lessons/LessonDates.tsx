import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { sameClock } from "#lib/platform/localTime.ts";
import type { Participant } from "#lib/services/people/views.ts";

interface Props {
  starts: string[];
  /** Clocks show the time of the first one twice that day. */
  isDoubled: boolean;
  /** Whoever else comes. */
  other: Participant | null;
}

/** The first and last date that the form asks for, in both zones. Takes up its space even while empty. */
export function LessonDates({ starts, isDoubled, other }: Props) {
  const words = useTranslations("bookings.form");
  const here = useTimes();
  const there = useTimes(other?.timeZone);
  const now = useNow();
  const first = starts[0];
  const last = starts.length > 1 ? starts.at(-1) : undefined;
  const when = (iso: string) => {
    const mine = `${here.fullDay(iso, now)}, ${here.clock(iso)}`;
    if (!other || sameClock(iso, here.zone, there.zone)) return mine;
    const theirs = `${there.fullDay(iso, now)}, ${there.clock(iso)}`;
    return `${mine} (${words("theirs", { name: other.name, when: theirs })})`;
  };
  return (
    <Text component="div" size="sm" c="dimmed" mih={44} role="status" className="figures">
      {first ? null : words("whenHint")}
      {first ? <div>{words(last ? "first" : "one", { when: when(first) })}</div> : null}
      {first && isDoubled ? <div>{words("doubled", { zone: here.zoneName(first) })}</div> : null}
      {last ? <div>{words("last", { when: when(last) })}</div> : null}
    </Text>
  );
}

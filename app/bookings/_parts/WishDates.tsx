import { Text } from "@mantine/core";
import { clock, fullDay, sameClock } from "#components/time.ts";
import { bookingWords } from "#components/words/bookings.ts";
import type { TutorView } from "#lib/services/views.ts";

const words = bookingWords.form;

interface Props {
  starts: string[];
  tutor: TutorView | null;
  zone: string;
  now: string;
}

/** First and last date that would come of the form, in both zones. Keeps its place while empty. */
export function WishDates({ starts, tutor, zone, now }: Props) {
  const first = starts[0];
  const last = starts.length > 1 ? starts.at(-1) : undefined;
  const when = (iso: string) => {
    const here = `${fullDay(iso, zone, now)}, ${clock(iso, zone)}`;
    if (!tutor || sameClock(iso, zone, tutor.timeZone)) return here;
    const there = `${fullDay(iso, tutor.timeZone, now)}, ${clock(iso, tutor.timeZone)}`;
    return `${here} (${words.theirs(tutor.name, there)})`;
  };
  return (
    <Text component="div" size="sm" c="dimmed" mih={44} role="status" className="figures">
      {first ? null : words.whenHint}
      {first ? <div>{last ? words.first(when(first)) : words.one(when(first))}</div> : null}
      {last ? <div>{words.last(when(last))}</div> : null}
    </Text>
  );
}

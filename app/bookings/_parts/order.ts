import type { BookingView } from "#lib/services/bookings/views.ts";

export interface Ordered {
  /** Not answered yet; the oldest first, because it has waited longest. */
  requests: BookingView[];
  /** Accepted, with at least one lesson that isn't over; soonest first. */
  ahead: BookingView[];
  /** All others, newest first. */
  rest: BookingView[];
}

export function inOrder(bookings: BookingView[], now: string): Ordered {
  const next = new Map(bookings.map((booking) => [booking.id, nextStart(booking, now)]));
  const nextOf = (booking: BookingView) => next.get(booking.id) ?? Number.POSITIVE_INFINITY;
  const isAhead = (booking: BookingView) =>
    booking.status === "accepted" && Number.isFinite(nextOf(booking));
  const age = ({ createdAt }: BookingView) => Date.parse(createdAt);
  const requests = bookings.filter(({ status }) => status === "requested");
  const ahead = bookings.filter(isAhead);
  const rest = bookings.filter((booking) => booking.status !== "requested" && !isAhead(booking));
  return {
    requests: requests.sort((a, b) => age(a) - age(b)),
    ahead: ahead.sort((a, b) => nextOf(a) - nextOf(b)),
    rest: rest.sort((a, b) => age(b) - age(a)),
  };
}

/** When the first of the booking's lessons that aren't over starts or has started; null when all are over. */
function nextStart({ lessonStarts, durationMinutes }: BookingView, now: string): number | null {
  const open = lessonStarts
    .map((start) => Date.parse(start))
    .filter((at) => at + durationMinutes * 60_000 > Date.parse(now));
  return open.length > 0 ? Math.min(...open) : null;
}

/** When its lessons start that haven't begun: only those can be called off. */
export const toCome = ({ lessonStarts }: BookingView, now: string): string[] =>
  lessonStarts.filter((start) => Date.parse(start) > Date.parse(now));

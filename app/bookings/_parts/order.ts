import type { BookingView } from "#lib/services/bookings/views.ts";

export interface Ordered {
  /** Not answered yet; the oldest first, because it has waited longest. */
  requests: BookingView[];
  /** Accepted, with at least one future lesson; soonest first. */
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

/** When the booking's next lesson starts; null when all have begun. */
function nextStart({ lessonStarts }: BookingView, now: string): number | null {
  const future = lessonStarts
    .map((start) => Date.parse(start))
    .filter((at) => at > Date.parse(now));
  return future.length > 0 ? Math.min(...future) : null;
}

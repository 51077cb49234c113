/** A lesson for tests of the pages: at 15:00 UTC for an hour, and its room opens at 14:45. */
import type { SessionView } from "#lib/services/sessions/views.ts";

export const testLesson = (of: Partial<SessionView>): SessionView => ({
  id: "s1",
  bookingId: "b1",
  status: "SCHEDULED",
  provider: "zoom",
  scheduledStartAt: "2026-11-20T15:00:00.000Z",
  scheduledEndAt: "2026-11-20T16:00:00.000Z",
  durationMinutes: 60,
  subject: "Algebra",
  timeZone: "Europe/Berlin",
  startsAtLocal: "2026-11-20T16:00",
  utcOffset: "+01:00",
  tutor: { id: "t1", name: "Ana", timeZone: "Europe/Berlin" },
  student: { id: "s1", name: "Ben", timeZone: "Europe/Berlin" },
  joinUrl: "http://127.0.0.1/sessions/s1/join",
  opensAt: "2026-11-20T14:45:00.000Z",
  cancelUntil: "2026-11-20T15:00:00.000Z",
  lessonsAhead: 1,
  changeRequest: null,
  linkState: "ready",
  movedSinceJoin: false,
  ...of,
});

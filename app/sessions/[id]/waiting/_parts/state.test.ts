import { describe, expect, it } from "vitest";
import type { LinkState, SessionView } from "#lib/services/views.ts";
import { waitingState } from "./state.ts";

const lesson = (of: Partial<SessionView>): SessionView => ({
  id: "s1",
  bookingId: "b1",
  status: "SCHEDULED",
  provider: "zoom",
  scheduledStartAt: "2026-11-20T15:00:00.000Z",
  scheduledEndAt: "2026-11-20T16:00:00.000Z",
  durationMinutes: 60,
  subject: "Algebra",
  tutor: { id: "t1", name: "Ana", timeZone: "Europe/Berlin" },
  student: { id: "s1", name: "Ben", timeZone: "Europe/Berlin" },
  joinUrl: "http://127.0.0.1/sessions/s1/join",
  opensAt: "2026-11-20T14:45:00.000Z",
  linkState: "ready",
  ...of,
});

describe("the page before the room", () => {
  it("opens at the very moment, not before", () => {
    expect(waitingState(lesson({}), "2026-11-20T14:44:59.999Z")).toBe("early");
    expect(waitingState(lesson({}), "2026-11-20T14:45:00.000Z")).toBe("open");
  });

  it("is over at the end, also while the status still says open", () => {
    expect(waitingState(lesson({ status: "JOIN_OPEN" }), "2026-11-20T15:59:59.000Z")).toBe("open");
    expect(waitingState(lesson({ status: "JOIN_OPEN" }), "2026-11-20T16:00:00.000Z")).toBe("over");
    expect(waitingState(lesson({ status: "NO_SHOW" }), "2026-11-20T15:10:00.000Z")).toBe("over");
  });

  it("says cancelled before anything else", () => {
    expect(waitingState(lesson({ status: "CANCELLED" }), "2026-11-21T00:00:00.000Z")).toBe(
      "cancelled",
    );
  });

  it.each(["preparing", "waiting", "failed"] satisfies LinkState[])(
    "never opens a room that isn't there: %s",
    (linkState) => {
      expect(waitingState(lesson({ linkState }), "2026-11-20T14:50:00.000Z")).toBe(linkState);
    },
  );
});

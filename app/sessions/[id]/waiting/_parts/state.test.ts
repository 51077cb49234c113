import { describe, expect, it } from "vitest";
import type { LinkState } from "#lib/services/sessions/views.ts";
import { testLesson as lesson } from "../../../_parts/testLesson.ts";
import { waitingState } from "./state.ts";

describe("the page before the room", () => {
  it("opens at the very moment, not before", () => {
    expect(waitingState(lesson({}), "2026-11-20T14:44:59.999Z")).toBe("early");
    expect(waitingState(lesson({}), "2026-11-20T14:45:00.000Z")).toBe("open");
  });

  it("is over at the end, also while the status still says open", () => {
    expect(waitingState(lesson({ status: "JOIN_OPEN" }), "2026-11-20T15:59:59.000Z")).toBe("open");
    expect(waitingState(lesson({ status: "JOIN_OPEN" }), "2026-11-20T16:00:00.000Z")).toBe("over");
  });

  it("says when a lesson was missed, instead of opening its room again", () => {
    expect(waitingState(lesson({ status: "NO_SHOW" }), "2026-11-20T15:10:00.000Z")).toBe("missed");
  });

  it("asks those to join again who sit in a room that the lesson has left", () => {
    const moved = lesson({ status: "JOIN_OPEN", movedSinceJoin: true });
    expect(waitingState(moved, "2026-11-20T15:10:00.000Z")).toBe("moved");
    expect(waitingState(moved, "2026-11-20T16:00:00.000Z")).toBe("over");
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

import { expect, test } from "vitest";
import type { MigrationSessionView } from "#lib/services/switching/views.ts";
import { byNeed, needsSomebody } from "./need.ts";

const now = "2026-12-07T10:00:00.000Z";

const lesson = (
  sessionId: string,
  state: MigrationSessionView["state"],
  of: Partial<MigrationSessionView> = {},
) =>
  ({
    sessionId,
    state,
    startsAt: "2026-12-08T10:00:00.000Z",
    lessonStatus: "SCHEDULED",
    since: null,
    enteredOld: 0,
    error: null,
    ...of,
  }) as MigrationSessionView;

const later = { startsAt: "2026-12-09T10:00:00.000Z" };

test("lessons that need somebody come first, however late they begin, and what has moved comes last", () => {
  const sessions = [
    lesson("moved", "moved"),
    lesson("waits", "deferred"),
    lesson("failed late", "failed", later),
    lesson("failed soon", "failed"),
    lesson("tried again", "pending", { error: { code: "timeout", detail: null } }),
    lesson("people inside", "moved", { enteredOld: 2 }),
  ];
  const order = byNeed(sessions, now).map(({ sessionId }) => sessionId);
  expect(order).toEqual([
    "failed soon",
    "failed late",
    "people inside",
    "tried again",
    "waits",
    "moved",
  ]);
});

test("nobody is bothered with a lesson that is through, over, or answered for since", () => {
  const bothered = [
    lesson("moved", "moved"),
    lesson("its turn will come", "pending"),
    lesson("answered for", "failed", { since: "own_link" }),
    lesson("over", "failed", { startsAt: "2026-12-06T10:00:00.000Z" }),
  ].filter((one) => needsSomebody(one, now));
  expect(bothered).toEqual([]);
});

import { expect, test } from "vitest";
import { testLesson } from "#app/sessions/_parts/testLesson.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isZoneName } from "#lib/services/verb/input.ts";
import {
  matches,
  readViewState,
  type StateFilter,
  stateFilters,
  type ViewState,
  writeViewState,
} from "./viewState.ts";

const read = (query: string) => readViewState(new URLSearchParams(query), isZoneName);
const all: ViewState = {
  view: "upcoming",
  week: null,
  from: null,
  until: null,
  provider: null,
  state: null,
  zone: null,
};

test("an address brings back the view that it was made of", () => {
  const viewState: ViewState = {
    view: "week",
    week: "2026-11-16",
    from: "2027-03-01",
    until: "2024-02-29",
    provider: "zoom",
    state: "no-room",
    zone: "America/New_York",
  };
  expect(read(writeViewState(viewState))).toEqual(viewState);
  expect(writeViewState(all)).toBe("");
});

test.each([
  "view=year&week=tomorrow&provider=skype&state=lost&zone=Mars/Base",
  "week=2026-02-30",
  "from=yesterday&until=2026-13-01",
  "from=0000-01-01&until=9999-12-31&week=%2B275760-09-13",
  "from=1969-12-31&until=3000-01-01&week=10000-01-01",
  "zone=",
])("what makes no sense in an address is as good as left out: %s", (query) => {
  expect(read(query)).toEqual(all);
});

test("each lesson is found by the one state it is in", () => {
  const now = "2026-11-20T14:50:00.000Z";
  const tomorrow = {
    scheduledStartAt: "2026-11-21T15:00:00.000Z",
    scheduledEndAt: "2026-11-21T16:00:00.000Z",
    opensAt: "2026-11-21T14:45:00.000Z",
  };
  const lessons: [StateFilter[], Partial<SessionView>][] = [
    [["scheduled"], tomorrow],
    [["scheduled", "no-room"], { ...tomorrow, linkState: "waiting", provider: null }],
    [["open"], { status: "SCHEDULED" }],
    [["open"], { status: "JOIN_OPEN" }],
    [["completed"], { scheduledEndAt: now, linkState: "over" }],
    [["cancelled"], { status: "CANCELLED", linkState: "over" }],
    [["no-show"], { status: "NO_SHOW", linkState: "over" }],
  ];
  for (const [expected, lesson] of lessons) {
    const found = stateFilters.filter((state) =>
      matches(testLesson(lesson), { ...all, state }, now),
    );
    expect(found, JSON.stringify(lesson)).toEqual(expected);
  }
});

test("a lesson without a room is at no provider", () => {
  const now = "2026-11-20T14:50:00.000Z";
  const at = (provider: SessionView["provider"]) =>
    matches(testLesson({ provider }), { ...all, provider: "zoom" }, now);
  expect([at("zoom"), at("google_meet"), at(null)]).toEqual([true, false, false]);
});

import { describe, expect, it } from "vitest";
import { zoneNamed as zoneRules } from "#tests/harness/time/zoneNamed.ts";
import { errorsOf, type LessonRequest, startsOf } from "./request.ts";

const berlin = zoneRules("Europe/Berlin");
const now = "2026-10-01T12:00:00.000Z";
const request: LessonRequest = {
  tutorId: "t1",
  subject: "Algebra",
  date: "2026-10-19",
  time: "16:00",
  durationMinutes: 60,
  isWeekly: true,
  weeks: 2,
  message: "",
};

describe("a request for lessons", () => {
  it("keeps its local time across a daylight-saving change", () => {
    expect(startsOf(request, berlin)).toEqual([
      "2026-10-19T14:00:00.000Z",
      "2026-10-26T15:00:00.000Z",
    ]);
  });

  it("means one lesson unless it is weekly", () => {
    expect(startsOf({ ...request, isWeekly: false, weeks: 40 }, berlin)).toHaveLength(1);
  });

  it("shows no dates while it is incomplete", () => {
    expect(startsOf({ ...request, time: "" }, berlin)).toEqual([]);
    expect(startsOf({ ...request, weeks: 53 }, berlin)).toEqual([]);
  });

  it("is refused at the fields that are wrong, and nowhere else", () => {
    expect(errorsOf(request, berlin, now)).toEqual({});
    expect(Object.keys(errorsOf({ ...request, tutorId: null, subject: " " }, berlin, now))).toEqual(
      ["tutorId", "subject"],
    );
    expect(Object.keys(errorsOf({ ...request, date: "2026-09-30" }, berlin, now))).toEqual([
      "startsAtLocal",
    ]);
    expect(errorsOf({ ...request, date: "9999-12-31" }, berlin, now)).toEqual({ date: "date" });
    expect(Object.keys(errorsOf({ ...request, weeks: 1 }, berlin, now))).toEqual(["weeks"]);
  });
});

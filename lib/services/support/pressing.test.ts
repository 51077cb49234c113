import { expect, test } from "vitest";
import { byUrgency, mostPressing } from "./pressing.ts";
import { type Check, type FindingCode, findingCodes, found } from "./views.ts";

test("every finding has its place, once", () => {
  expect(byUrgency.toSorted()).toEqual(findingCodes.toSorted());
});

test("the cause comes before what follows from it, and the soonest lesson before the later ones", () => {
  const of = (step: Check["step"], ...codes: FindingCode[]): Check => ({
    step,
    state: codes.length > 0 ? "bad" : "good",
    findings: codes.map((code, index) => found(code, { count: index })),
  });
  const pressing = (...checks: Check[]) => mostPressing(checks)?.code;
  expect(pressing(of("connection"), of("mails"))).toBeUndefined();
  expect(pressing(of("connection", "needs_reconnect"), of("sessions", "no_room_reconnect"))).toBe(
    "needs_reconnect",
  );
  expect(pressing(of("sessions", "elsewhere"), of("migrations", "moves_failed"))).toBe(
    "moves_failed",
  );
  expect(pressing(of("sessions", "no_room_yet"), of("work", "overdue"))).toBe("overdue");
  expect(mostPressing([of("sessions", "elsewhere", "elsewhere")])).toMatchObject({ count: 0 });
});

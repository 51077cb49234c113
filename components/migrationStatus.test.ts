import { expect, test } from "vitest";
import { shownStatus } from "./migrationStatus.ts";

test("a switch that left lessons where they were isn't said to have moved all", () => {
  expect(shownStatus({ status: "completed", moved: 5, total: 5 })).toBe("completed");
  expect(shownStatus({ status: "completed", moved: 3, total: 5 })).toBe("done");
  expect(shownStatus({ status: "running", moved: 3, total: 5 })).toBe("running");
});

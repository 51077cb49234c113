import { expect, test } from "vitest";
import { shownStatus } from "./migrationStatus.ts";

const of = { total: 5, failed: 0, answeredSince: 0 };

test("a switch that left lessons where they were isn't said to have moved all", () => {
  expect(shownStatus({ ...of, status: "completed", moved: 5 })).toBe("completed");
  expect(shownStatus({ ...of, status: "completed", moved: 3 })).toBe("done");
  expect(shownStatus({ ...of, status: "running", moved: 3 })).toBe("running");
});

test("a switch whose failures were all seen to since isn't said to have failed for some", () => {
  const failed = { ...of, status: "completed_with_failures", moved: 3, failed: 2 } as const;
  expect(shownStatus({ ...failed, answeredSince: 1 })).toBe("completed_with_failures");
  expect(shownStatus({ ...failed, answeredSince: 2 })).toBe("done");
});

import { expect, test } from "vitest";
import { outcome } from "./outcome.ts";
import { isGreen } from "./record.ts";

const nothing = { vitest: {}, playwright: {} };
const green = (...args: Parameters<typeof outcome>) =>
  isGreen({ loaded: false, seconds: 1, ...outcome(...args) });

test("only a run that ended well and ran tests is green", () => {
  expect(green(0, "\n1800 passed, 0 failed\n", nothing)).toBe(true);
  expect(green(3, "\n1800 passed, 0 failed\n", nothing)).toBe(false);
  expect(green(0, "\n1800 passed, 1 failed\n", nothing)).toBe(false);
  expect(green(0, "\n0 passed, 0 failed\n", nothing)).toBe(false);
  expect(green(0, "all is well\n", nothing)).toBe(false);
  expect(green(null, "\n1800 passed, 0 failed\n", nothing)).toBe(false);
  expect(green("late", "\n1800 passed, 0 failed\n", nothing)).toBe(false);
});

test("a red run names the tests, or the step that ended it", () => {
  const vitest = {
    testResults: [
      { name: "/x/a.test.ts", status: "failed", assertionResults: [] },
      {
        name: "/x/b.test.ts",
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "one" },
          { status: "failed", fullName: "two" },
        ],
      },
    ],
  };
  const playwright = { suites: [{ suites: [{ specs: [{ ok: false, title: "three" }] }] }] };
  expect(outcome(1, "\n7 passed, 3 failed\n", { vitest, playwright }).what).toEqual([
    "a.test.ts",
    "two",
    "three",
    "exit code 1",
  ]);
  expect(outcome(1, "── Check: FAILED, 3 s\n\n0 passed, 1 failed\n", nothing)).toEqual({
    passed: 0,
    failed: 1,
    what: ["the step “Check”", "exit code 1"],
  });
});

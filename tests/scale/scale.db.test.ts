import { expect, test } from "vitest";
import { costsWith, dearer } from "./costs.ts";

const MANY = 30_000;

/** These still grow with what there is. */
const notYet = [
  "the sweep of each minute",
  "metrics",
  "support's first page",
  "a run for a tutor",
  "a tutor's lessons",
  "a student's lessons",
  "a tutor's lessons by API",
];

test(`what runs all the time costs in a database of ${MANY} lessons what it costs in an empty one`, {
  timeout: 300_000,
}, async () => {
  const few = await costsWith(200);
  const many = await costsWith(MANY);
  expect(dearer(few, many).filter((one) => !notYet.includes(one.split(":")[0] ?? ""))).toEqual([]);
});

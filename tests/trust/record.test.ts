import { expect, test } from "vitest";
import { greenRow, isNextLoaded, isReached, type Run, table } from "./record.ts";

const goal = { runs: 10, loaded: 3 };
const run = (loaded = false, failed = 0): Run => ({
  loaded,
  seconds: 300.4,
  passed: 1_800,
  failed,
  what: failed > 0 ? ["a menu gives the focus back"] : [],
});

test("a row of ten has three loaded runs, spread over it", () => {
  const runs: Run[] = [];
  while (!isReached(runs, goal)) runs.push(run(isNextLoaded(runs, goal)));
  expect(runs.flatMap(({ loaded }, index) => (loaded ? [index + 1] : []))).toEqual([4, 7, 10]);
});

test("a red run begins the count anew", () => {
  const runs = [run(), run(), run(true, 1), run()];
  expect(greenRow(runs)).toEqual([run()]);
  expect(isReached([...Array(9).fill(run(true)), run(true, 1)], goal)).toBe(false);
});

test("the table says what failed and how long the row is", () => {
  expect(table([run(true, 1), run()])).toBe(
    [
      "| run | beside | seconds | passed | failed | what |",
      "| - | - | - | - | - | - |",
      "| 1 | four busy loops | 300 | 1800 | 1 | a menu gives the focus back |",
      "| 2 | nothing | 300 | 1800 | 0 |  |",
      "",
      "1 green in a row, 0 of them beside four busy loops",
    ].join("\n"),
  );
});

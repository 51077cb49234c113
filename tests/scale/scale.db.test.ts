import { expect, test } from "vitest";
import { costsWith, dearer, tableOf } from "./costs.ts";

/** Thirty tutors. With fewer, each table is a page or two, and reading it whole is cheapest. */
const FEW = 3_000;
/** `npm run scale` sets more, and shows the figures. */
const asked = process.env.SCALE_LESSONS;
const MANY = Number(asked ?? 30_000);

test(`what runs all the time, and what one person asks for, costs with ${MANY} lessons what it costs with ${FEW}`, {
  timeout: asked ? 3_600_000 : 300_000,
}, async () => {
  const few = await costsWith(FEW);
  const many = await costsWith(MANY);
  if (asked) console.log(tableOf(few, many).join("\n"));
  expect(dearer(few, many)).toEqual([]);
});

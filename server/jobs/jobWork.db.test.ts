import { expect, test } from "vitest";
import { scene } from "#tests/harness/scene.ts";
import type { Segue } from "#tests/harness/segue.ts";
import { everyMinute } from "./jobWork.ts";

const { segue, tutor, student } = scene();

test("a part of the minute's work that fails keeps nothing behind it from being done, and is reported", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  segue.clock.advance({ hours: 23, minutes: 30 });
  const nudged: string[] = [];
  const nudge = {
    tutor: async (id: string) => nudged.push(id),
    mail: async () => nudged.push("mail"),
  };
  await expect(everyMinute(failingOnce(), nudge)).rejects.toThrow("The first verb fails");
  expect(await segue.rows("select kind from reminders")).toContainEqual({ kind: "hour" });
  expect(nudged).toContain("mail");
});

/** The first part that reads the clock fails, as a verb would on a row that it can't process. */
function failingOnce(): Segue["ctx"] {
  let looks = 0;
  const clock = () => {
    looks += 1;
    if (looks === 1) throw new Error("The first verb fails");
    return segue.clock();
  };
  return { ...segue.ctx, clock };
}

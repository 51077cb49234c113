import { expect, test } from "vitest";
import { inHours } from "./dateWords.ts";
import { wordsFor } from "./words.ts";

const on12 = (clock: string, language = "en") =>
  inHours(clock, 12, wordsFor(language, "time")).replaceAll("\u00a0", " ");

test.each([
  ["00:00", "12:00 am"],
  ["00:30", "12:30 am"],
  ["09:05", "9:05 am"],
  ["12:00", "12:00 pm"],
  ["16:00", "4:00 pm"],
  ["23:59", "11:59 pm"],
])("%s is %s on a clock of twelve hours", (clock, shown) => {
  expect(on12(clock)).toBe(shown);
  expect(inHours(clock, 24, wordsFor("en", "time"))).toBe(clock);
});

test("each language has its own halves of the day", () => {
  expect(on12("16:00", "de")).toBe("4:00 PM");
  expect(on12("16:00", "es")).toBe("4:00 p. m.");
});

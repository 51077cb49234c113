import { expect, test } from "vitest";
import { z } from "zod";
import { newerRules, olderRules, VANCOUVER } from "#tests/harness/time/vancouver.ts";
import { Refusal } from "./errors.ts";
import { parseInput } from "./input.ts";
import { hasOneStart, startFields, startOf, zoneField } from "./start.ts";

const schema = z
  .object({ ...startFields, timeZone: zoneField.optional() })
  .superRefine(hasOneStart);
const berlin = (startsAtLocal: string) => ({ startsAtLocal, timeZone: "Europe/Berlin" });

test("a wall clock in a zone is an instant by the server's rules, whatever they are by then", () => {
  const wish = { startsAtLocal: "2027-01-11T10:00", timeZone: VANCOUVER };
  const read = (zoneRules: typeof olderRules) => startOf({ zoneRules }, parseInput(schema, wish));
  expect(read(olderRules).at.toISOString()).toBe("2027-01-11T18:00:00.000Z");
  expect(read(newerRules).at.toISOString()).toBe("2027-01-11T17:00:00.000Z");
});

test("an instant is taken as it is, with a zone or without", () => {
  for (const zone of [{}, { timeZone: VANCOUVER }]) {
    const start = startOfInput({ startsAt: "2027-01-11T18:00:00+05:30", ...zone });
    expect(start).toEqual({ at: new Date("2027-01-11T12:30:00Z"), field: "startsAt" });
  }
});

test("a time that clocks show twice means the first, and its seconds stay", () => {
  const { at } = startOfInput(berlin("2026-10-25T02:30:07"));
  expect(at.toISOString()).toBe("2026-10-25T00:30:07.000Z");
});

test("a time that clocks skip is refused at its field, in words that name it", () => {
  const refusal = refused(() => startOfInput(berlin("2027-03-28T02:30")));
  expect(refusal).toMatchObject({ code: "invalid_input", field: "startsAtLocal" });
  expect(refusal.message).toContain("skip 02:30");
  expect(refusal.inLanguage("de")).toContain("gibt es 02:30 an diesem Tag in Europe/Berlin nicht");
  expect(startOfInput(berlin("2027-03-28T03:00")).at.toISOString()).toBe(
    "2027-03-28T01:00:00.000Z",
  );
});

test.each([
  [{}, "startsAt"],
  [{ timeZone: VANCOUVER }, "startsAt"],
  [{ ...berlin("2027-01-11T10:00"), startsAt: "2027-01-11T10:00:00Z" }, "startsAtLocal"],
  [{ startsAtLocal: "2027-01-11T10:00" }, "timeZone"],
  [{ startsAtLocal: "2027-01-11T10:00", timeZone: "+05:30" }, "timeZone"],
  [{ startsAtLocal: "2027-01-11T10:00", timeZone: "europe/berlin" }, "timeZone"],
  [berlin("2027-01-11T10:00Z"), "startsAtLocal"],
  [berlin("2027-01-11T10:00+01:00"), "startsAtLocal"],
  [berlin("2027-02-30T10:00"), "startsAtLocal"],
  [berlin("2027-01-11T24:00"), "startsAtLocal"],
  [berlin("2027-01-11"), "startsAtLocal"],
  [berlin("9999-12-31T23:59"), "startsAtLocal"],
])(
  "exactly one start, and a zone to a wall clock; else refused at the field: %j",
  (input, field) => {
    expect(refused(() => startOfInput(input))).toMatchObject({ code: "invalid_input", field });
  },
);

test("old names of zones stay names", () => {
  for (const timeZone of ["Asia/Calcutta", "Asia/Kolkata", "EST5EDT", "UTC", "Etc/GMT-5"]) {
    const wish = { startsAtLocal: "2027-01-11T10:00", timeZone };
    expect(startOfInput(wish).at.getTime(), timeZone).toBeGreaterThan(0);
  }
});

const startOfInput = (input: unknown) =>
  startOf({ zoneRules: newerRules }, parseInput(schema, input));

function refused(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error("It wasn't refused");
}

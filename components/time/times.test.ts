import { describe, expect, it } from "vitest";
import { languages, wordsFor } from "#lib/platform/words.ts";
import type { Zone } from "#lib/platform/zones/zoneRules.ts";
import { zoneNamed as zoneRules } from "#tests/harness/time/zoneNamed.ts";
import { timesIn } from "./times.ts";

const berlin = zoneRules("Europe/Berlin");
const newYork = zoneRules("America/New_York");
const timesOf = (language: string) => (zone: Zone) =>
  timesIn(wordsFor(language, "time"), language, zone);
const english = timesOf("en");
const german = timesOf("de");
const spanish = timesOf("es");

describe("times on a page", () => {
  it("show one instant as each zone's clocks show it, in every language alike", () => {
    for (const language of languages().map(({ id }) => timesOf(id))) {
      expect(language(berlin).clock("2026-11-20T15:00:00Z")).toBe("16:00");
      expect(language(newYork).clock("2026-11-20T15:00:00Z")).toBe("10:00");
      const range = language(berlin).range("2026-11-20T15:00:00Z", "2026-11-20T15:45:00Z");
      expect(range).toBe("16:00 – 16:45");
    }
  });

  it("stay right on both sides of a daylight-saving change", () => {
    const { clock, zoneName } = english(berlin);
    expect(clock("2026-10-24T14:00:00Z")).toBe("16:00");
    expect(clock("2026-10-26T15:00:00Z")).toBe("16:00");
    expect(zoneName("2026-10-24T14:00:00Z")).toBe("Europe/Berlin (UTC+2)");
    expect(zoneName("2026-10-26T15:00:00Z")).toBe("Europe/Berlin (UTC+1)");
    expect(english(newYork).zoneName("2026-11-20T15:00:00Z")).toBe("America/New York (UTC−5)");
    expect(german(zoneRules("UTC")).zoneName("2026-11-20T15:00:00Z")).toBe("UTC");
    expect(german(zoneRules("Europe/London")).zoneName("2026-11-20T15:00:00Z")).toBe(
      "Europe/London (UTC)",
    );
  });

  it("leave today's name out where a sentence says when", () => {
    const now = "2026-11-20T12:00:00Z";
    expect(english(berlin).when("2026-11-20T15:00:00Z", now)).toBe("at 16:00");
    expect(german(berlin).when("2026-11-20T15:00:00Z", now)).toBe("um 16:00");
    expect(spanish(berlin).when("2026-11-20T15:00:00Z", now)).toBe("a las 16:00");
    expect(english(berlin).when("2026-11-21T15:00:00Z", now)).toBe("tomorrow 16:00");
  });

  it("name days by the zone's calendar, not by UTC's", () => {
    const now = "2026-11-20T22:30:00Z";
    expect(english(berlin).day("2026-11-20T23:30:00Z", now)).toBe("Tomorrow");
    expect(english(newYork).day("2026-11-20T23:30:00Z", now)).toBe("Today");
    expect(german(berlin).day("2026-11-20T23:30:00Z", now)).toBe("Morgen");
    expect(german(newYork).day("2026-11-20T23:30:00Z", now)).toBe("Heute");
    expect(german(berlin).day("2026-11-19T23:30:00Z", now)).toBe("Heute");
    expect(german(berlin).day("2026-11-19T22:30:00Z", now)).toBe("Gestern");
    expect(english(berlin).dayKey("2026-11-20T23:30:00Z")).toBe("2026-11-21");
  });

  it("write a date as its readers do, with the year only where it isn't this one", () => {
    const now = "2026-11-20T12:00:00Z";
    expect(english(berlin).day("2026-12-04T10:00:00Z", now)).toBe("Fri 4 December");
    expect(german(berlin).day("2026-12-04T10:00:00Z", now)).toBe("Fr, 4. Dezember");
    expect(english(berlin).day("2027-01-04T10:00:00Z", now)).toBe("Mon 4 January 2027");
    expect(german(berlin).day("2027-01-04T10:00:00Z", now)).toBe("Mo, 4. Januar 2027");
    expect(german(berlin).fullDay("2026-11-20T15:00:00Z", now)).toBe("Fr, 20. November");
    expect(spanish(berlin).day("2026-12-04T10:00:00Z", now)).toBe("vie 4 de diciembre");
    expect(spanish(berlin).day("2027-01-04T10:00:00Z", now)).toBe("lun 4 de enero de 2027");
  });

  it("stand within a sentence in small letters", () => {
    const now = "2026-11-20T12:00:00Z";
    expect(english(berlin).dayAndClock("2026-11-21T09:00:00Z", now)).toBe("tomorrow 10:00");
    expect(german(berlin).dayAndClock("2026-11-21T09:00:00Z", now)).toBe("morgen um 10:00");
    expect(english(berlin).dayAndClock("2026-12-04T09:00:00Z", now)).toBe("Fri 4 December 10:00");
    expect(german(berlin).dayAndClock("2026-12-04T09:00:00Z", now)).toBe(
      "Fr, 4. Dezember um 10:00",
    );
    expect(spanish(berlin).dayAndClock("2026-11-21T09:00:00Z", now)).toBe("mañana, 10:00");
    expect(spanish(berlin).dayAndClock("2026-12-04T09:00:00Z", now)).toBe(
      "el vie 4 de diciembre, 10:00",
    );
  });

  it("call the day after a 25-hour day tomorrow", () => {
    const day = english(berlin).day("2026-10-26T22:30:00Z", "2026-10-25T12:00:00Z");
    expect(day).toBe("Tomorrow");
  });

  it("say how soon only on the same day", () => {
    const now = "2026-11-20T14:48:00Z";
    expect(english(berlin).soon("2026-11-20T15:00:00Z", now)).toBe("in 12 min");
    expect(english(berlin).soon("2026-11-20T16:18:00Z", now)).toBe("in 1 h 30 min");
    expect(german(berlin).soon("2026-11-20T15:00:00Z", now)).toBe("in 12 Min.");
    expect(german(berlin).soon("2026-11-20T16:18:00Z", now)).toBe("in 1 Std. 30 Min.");
    expect(german(berlin).soon("2026-11-20T16:48:00Z", now)).toBe("in 2 Std.");
    expect(spanish(berlin).soon("2026-11-20T16:18:00Z", now)).toBe("en 1 h 30 min");
    expect(english(berlin).soon(now, now)).toBe("now");
    expect(german(berlin).soon(now, now)).toBe("jetzt");
    expect(english(berlin).soon("2026-11-21T15:00:00Z", now)).toBeNull();
    expect(english(berlin).soon("2026-11-20T14:00:00Z", now)).toBeNull();
  });
});

it.each([
  ["en", "This overlaps another lesson of yours: Algebra with Sam, tomorrow 16:00."],
  [
    "de",
    "Das überschneidet sich mit einer anderen Stunde von dir: Algebra mit Sam, morgen um 16:00.",
  ],
  ["es", "Esto coincide con otra clase tuya (Algebra con Sam, mañana, 16:00)."],
])(
  "a refusal of the API names its instant as the viewer's clocks show it: %s",
  (language, said) => {
    const sentence = wordsFor(language, "refusals")("overlapsLesson", {
      subject: "Algebra",
      student: "Sam",
      at: "2026-11-21T15:00:00.000Z",
    });
    const times = timesIn(wordsFor(language, "time"), language, berlin);
    expect(times.inSentence(sentence, "2026-11-20T12:00:00Z")).toBe(said);
  },
);

it("the hours of a day are short on a clock of twelve", () => {
  const on = (hours: 12 | 24) => timesIn(wordsFor("en", "time"), "en", berlin, hours);
  expect([0, 9, 12, 16].map((hour) => on(24).hour(hour))).toEqual([
    "00:00",
    "09:00",
    "12:00",
    "16:00",
  ]);
  expect([0, 9, 12, 16].map((hour) => on(12).hour(hour).replace("\u00a0", " "))).toEqual([
    "12 am",
    "9 am",
    "12 pm",
    "4 pm",
  ]);
  expect(on(12).range("2026-12-04T15:00:00Z", "2026-12-04T15:45:00Z")).toBe(
    "4:00\u00a0pm – 4:45\u00a0pm",
  );
});

/** Zones are found by the words that people have for them. */
import { rawTimeZones } from "@vvo/tzdb";
import { expect, test } from "vitest";
import { languages, wordsFor } from "#lib/platform/words.ts";
import { named, placesIn } from "./zoneNames.ts";
import { zoneSearch } from "./zoneSearch.ts";
import { zones } from "./zones.ts";

const searchIn = (language: string) =>
  zoneSearch(zones(null), language, wordsFor(language, "places"));
const english = searchIn("en");
const german = searchIn("de");
const spanish = searchIn("es");

test.each([
  ["new york", "America/New_York"],
  ["New_York", "America/New_York"],
  ["america/new", "America/New_York"],
  ["newyork", "America/New_York"],
  ["sao paulo", "America/Sao_Paulo"],
  ["São Paulo", "America/Sao_Paulo"],
  ["kolkata", "Asia/Calcutta"],
  ["kyiv", "Europe/Kiev"],
  ["kiev", "Europe/Kiev"],
  ["buenos aires", "America/Buenos_Aires"],
  ["nuuk", "America/Godthab"],
  ["ho chi minh", "Asia/Saigon"],
  ["sydney", "Australia/Sydney"],
  ["valencia", "Europe/Madrid"],
  ["boston", "America/New_York"],
  ["cambridge", "Europe/London"],
  ["wroclaw", "Europe/Warsaw"],
  ["tok", "Asia/Tokyo"],
  ["lon", "Europe/London"],
  ["ber", "Europe/Berlin"],
  ["la", "America/Los_Angeles"],
  ["cst", "America/Chicago"],
  ["germany", "Europe/Berlin"],
  ["spain", "Europe/Madrid"],
  ["portugal", "Europe/Lisbon"],
  ["united states", "America/New_York"],
  ["usa", "America/New_York"],
  ["uk", "Europe/London"],
  ["canada", "America/Toronto"],
  ["mexico", "America/Mexico_City"],
  ["brazil", "America/Sao_Paulo"],
  ["russia", "Europe/Moscow"],
  ["australia", "Australia/Sydney"],
  ["india", "Asia/Calcutta"],
  ["korea", "Asia/Seoul"],
  ["hawaii", "Pacific/Honolulu"],
  ["  utc ", "UTC"],
])("“%s” finds %s first", (search, id) => {
  expect(english.find(search).ids[0]).toBe(id);
});

test.each([
  ["Österreich", "Europe/Vienna"],
  ["austria", "Europe/Vienna"],
  ["Oesterreich", "Europe/Vienna"],
  ["München", "Europe/Berlin"],
  ["muenchen", "Europe/Berlin"],
  ["Frankfurt", "Europe/Berlin"],
  ["zürich", "Europe/Zurich"],
  ["Zuerich", "Europe/Zurich"],
  ["Wien", "Europe/Vienna"],
  ["Großbritannien", "Europe/London"],
  ["Vereinigte Staaten", "America/New_York"],
  ["Spanien", "Europe/Madrid"],
])("in German “%s” finds %s first", (search, id) => {
  expect(german.find(search).ids[0]).toBe(id);
});

test.each([
  ["Nueva York", "America/New_York"],
  ["EEUU", "America/New_York"],
  ["estados unidos", "America/New_York"],
  ["ciudad de mexico", "America/Mexico_City"],
  ["Londres", "Europe/London"],
  ["pekín", "Asia/Shanghai"],
  ["Ginebra", "Europe/Zurich"],
  ["Bogotá", "America/Bogota"],
  ["malaga", "Europe/Madrid"],
  ["España", "Europe/Madrid"],
  ["espana", "Europe/Madrid"],
  ["Canarias", "Atlantic/Canary"],
])("in Spanish “%s” finds %s first", (search, id) => {
  expect(spanish.find(search).ids[0]).toBe(id);
});

test.each(languages())("in $name each country is found by its name", ({ id }) => {
  const { find } = searchIn(id);
  const called = new Intl.DisplayNames(id, { type: "region" });
  const lost = [...Map.groupBy(rawTimeZones, ({ countryCode }) => countryCode)]
    .filter(([code, regions]) => {
      const { ids } = find(called.of(code) ?? "");
      return !regions.some(({ group }) => group.some((zone) => ids.includes(zone)));
    })
    .map(([code]) => code);
  expect(lost).toEqual([]);
});

test.each(languages())(
  "in $name a place is found first by the name that it has there",
  ({ id }) => {
    const [{ find }, words] = [searchIn(id), wordsFor(id, "places")];
    const lost = rawTimeZones.flatMap(({ name, group }) =>
      placesIn(name)
        .flatMap((place) => words(place).split(", "))
        .filter((called) => !group.includes(find(called).ids[0] ?? "")),
    );
    expect(lost).toEqual([]);
  },
);

test("what is only beside the place isn't offered with it", () => {
  expect(english.find("new york").ids).toEqual(["America/New_York"]);
  expect(english.find("eastern time").ids).toContain("America/New_York");
});

test("it is sure of a whole name and of the only one, and of no beginning that several have", () => {
  const isSure = (search: string) => english.find(search).isSure;
  expect(["berlin", "Munich", "kolk"].map(isSure)).toEqual([true, true, true]);
  expect(["be", "", "xyzzy"].map(isSure)).toEqual([false, false, false]);
});

test("nothing typed leaves all, and no name finds none; an offset is no name", () => {
  expect(english.find(" ").ids).toEqual(zones(null));
  expect(english.find("xyzzy").ids).toEqual([]);
  expect(english.find("gmt+1").ids).toEqual([]);
});

test("a zone is told with its country and cities, in the page's language", () => {
  expect(german.placesOf("Europe/Zurich")).toBe("Schweiz: Zürich, Geneva, Basel, Lausanne");
  expect(english.placesOf("America/Detroit")).toBe("United States");
  expect(english.placesOf("UTC")).toBeNull();
});

test("all zones that have more names exist, by their present name", () => {
  const all = new Set(rawTimeZones.map(({ name }) => name));
  expect(named.filter((zone) => !all.has(zone))).toEqual([]);
});

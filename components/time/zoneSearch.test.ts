/** Zones are found by the words that people have for them. */
import { expect, test } from "vitest";
import { zoneSearch } from "./zoneSearch.ts";
import { zones } from "./zones.ts";

const english = zoneSearch(zones(null), "en");
const german = zoneSearch(zones(null), "de");

test.each([
  ["new york", "America/New_York"],
  ["New_York", "America/New_York"],
  ["america/new", "America/New_York"],
  ["newyork", "America/New_York"],
  ["sao paulo", "America/Sao_Paulo"],
  ["São Paulo", "America/Sao_Paulo"],
  ["ZÜRICH", "Europe/Zurich"],
  ["kolkata", "Asia/Calcutta"],
  ["kyiv", "Europe/Kiev"],
  ["kiev", "Europe/Kiev"],
  ["ho chi minh", "Asia/Saigon"],
  ["tok", "Asia/Tokyo"],
  ["germany", "Europe/Berlin"],
  ["Munich", "Europe/Berlin"],
  ["india", "Asia/Calcutta"],
  ["  utc ", "UTC"],
])("“%s” finds %s first", (search, id) => {
  expect(english.find(search)[0]).toBe(id);
});

test("a country is found in the page's language, and in English too", () => {
  expect(german.find("Österreich")[0]).toBe("Europe/Vienna");
  expect(german.find("austria")[0]).toBe("Europe/Vienna");
});

test("what is only beside the place isn't offered with it", () => {
  expect(english.find("new york")).toEqual(["America/New_York"]);
  expect(english.find("eastern time")).toContain("America/New_York");
});

test("nothing typed leaves all, and no name finds none", () => {
  expect(english.find(" ")).toEqual(zones(null));
  expect(english.find("xyzzy")).toEqual([]);
});

test("a zone is told with its country and cities, in the page's language", () => {
  expect(german.placesOf("Europe/Zurich")).toBe("Schweiz: Zürich, Geneva, Basel, Lausanne");
  expect(english.placesOf("America/Detroit")).toBe("United States");
  expect(english.placesOf("UTC")).toBeNull();
});

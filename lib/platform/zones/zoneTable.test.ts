import { expect, it } from "vitest";
import { zoneNamed } from "#tests/harness/time/zoneNamed.ts";
import { systemZoneRules, type ZoneRules } from "./zoneRules.ts";
import { rulesOf, zoneTable } from "./zoneTable.ts";

const now = new Date("2026-11-20T12:00:00Z");
/** A browser that knows nothing of zones. */
const none: ZoneRules = () => null;

it("a table holds what the server's clocks show, at every hour around each change", () => {
  const names = ["Europe/Berlin", "Africa/Casablanca", "America/Vancouver", "Australia/Lord_Howe"];
  const inPage = rulesOf(zoneTable(systemZoneRules, names, now), none);
  for (const name of names) {
    const [here, there] = [zoneNamed(name), inPage(name)];
    for (let at = Date.UTC(2017, 0); at < Date.UTC(2037, 0); at += 5 * DAY) {
      if (here.offsetAt(at) === here.offsetAt(at + 5 * DAY)) continue;
      for (let hour = at; hour < at + 5 * DAY; hour += HOUR) {
        expect(there.offsetAt(hour), `${name} ${new Date(hour).toISOString()}`).toBe(
          here.offsetAt(hour),
        );
      }
    }
    expect(there.offsetAt(Date.UTC(2030, 6, 1))).toBe(here.offsetAt(Date.UTC(2030, 6, 1)));
  }
});

it("a browser with other rules, or without that zone, shows what the server's clocks show", () => {
  const [winter, name] = [Date.UTC(2027, 0, 11, 18), "America/Vancouver"];
  const older: ZoneRules = (zone) => ({ name: zone, offsetAt: () => -480 });
  const table = zoneTable(systemZoneRules, [name, "UTC"], now);
  expect(rulesOf(table, older)(name).offsetAt(winter)).toBe(-420);
  expect(rulesOf(table, none)(name).offsetAt(winter)).toBe(-420);
});

it("a zone or a year that the table lacks is read by the browser's own rules", () => {
  const inPage = rulesOf(zoneTable(systemZoneRules, ["Europe/Berlin"], now), systemZoneRules);
  expect(inPage("Asia/Kolkata").offsetAt(0)).toBe(330);
  expect(inPage("Europe/Berlin").offsetAt(Date.UTC(2060, 6, 1))).toBe(120);
});

it("a zone that the server doesn't know is UTC on its pages, also where the browser knows it", () => {
  const knowing: ZoneRules = (name) => ({ name, offsetAt: () => -420 });
  const inPage = rulesOf(zoneTable(systemZoneRules, ["America/Newplace", "UTC"], now), knowing);
  expect(inPage("America/Newplace")).toMatchObject({ name: "UTC" });
  expect(inPage("America/Newplace").offsetAt(+now)).toBe(0);
});

it("rules that change in the server are in the tables made from then on", () => {
  const changed: ZoneRules = (zone) => ({ name: zone, offsetAt: () => -420 });
  for (const rules of [systemZoneRules, changed, systemZoneRules]) {
    const table = zoneTable(rules, ["Europe/Berlin"], now);
    expect(rulesOf(table, none)("Europe/Berlin").offsetAt(+now)).toBe(
      rules === changed ? -420 : 60,
    );
  }
});

it("a table is small", () => {
  const names = ["Europe/Berlin", "America/Vancouver", "Asia/Kolkata", "Australia/Lord_Howe"];
  expect(JSON.stringify(zoneTable(systemZoneRules, names, now)).length).toBeLessThan(3_000);
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

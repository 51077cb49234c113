/**
 * Finds zones by what people call them: "New York", "Zürich", "India", "Deutschland", "Kyiv". A browser's list has
 * identifiers only, and for some places the former name (ECMA-402 leaves that to the browser). Loaded with the list.
 */
import { rawTimeZones } from "@vvo/tzdb";
import { plain } from "#lib/platform/plainText.ts";
import { moreNames, type PlaceWords, unlikeliness } from "./zoneNames.ts";

/** Places that share their rules and their country. */
type Region = (typeof rawTimeZones)[number];

/** Lower is better. */
const OWN_NAME = 0;
const SAME_NAME = 1;
const BEGINS_NAME = 2;
const IN_ID = 3;
const IN_REGION = 4;
/** Another place of the region has this name, as New York is in Detroit's. */
const BESIDE = 5;

/** For "Zuerich" and "Muenchen", where nothing has the letters as they were typed. */
const withoutUmlauts = (text: string): string => text.replace(/([aou])e/g, "$1");

const cityOf = (id: string): string => plain(id.split("/").at(-1) ?? id);
const begins = (text: string, wanted: string): boolean => ` ${text}`.includes(` ${wanted}`);

/** Whether the words from some word on begin like this, however they are spaced. */
function beginsUnspaced(text: string, wanted: string): boolean {
  const words = text.split(" ");
  const start = wanted.replaceAll(" ", "");
  return words.some((_, i) => words.slice(i).join("").startsWith(start));
}

interface Known {
  id: string;
  /** Whether the region's names mean it. */
  isMain: boolean;
  country: string[];
  /** Cities and what else is a name for just this region. */
  places: string[];
  /** Names that it shares with others. */
  shared: string[];
  unlikeliness: number;
}

export interface Found {
  /** The best first; all, as they were given, for a search of nothing but spaces. */
  ids: string[];
  /** Whether the first is meant beyond doubt: it alone was found, or has this very name. */
  isSure: boolean;
}

export interface Zones {
  find(search: string): Found;
  /** What to tell of a zone besides its identifier: country, and largest cities. Null for zones without a place. */
  placesOf(id: string): string | null;
}

/**
 * @param language that the countries' names are known in, besides English
 * @param words the catalog's names of places in it
 */
export function zoneSearch(ids: readonly string[], language: string, words: PlaceWords): Zones {
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const regions = new Map(rawTimeZones.flatMap((region) => region.group.map((id) => [id, region])));
  const mains = new Map(rawTimeZones.map((region) => [region, mainOf(region, ids)]));
  const known = ids.map((id) => knownOf(id, regions.get(id), { mains, countries, words }));
  const search = (wanted: string) => {
    const found = known
      .flatMap((zone) => {
        const rank = rankOf(zone, wanted);
        return rank === null ? [] : [{ ...zone, rank }];
      })
      .sort((one, other) => one.rank - other.rank || one.unlikeliness - other.unlikeliness);
    const close = found.filter(({ rank }) => rank !== BESIDE);
    return close.length > 0 ? close : found;
  };
  return {
    find: (typed) => {
      const wanted = plain(typed);
      if (wanted === "") return { ids: [...ids], isSure: false };
      const asTyped = search(wanted);
      const found = asTyped.length > 0 ? asTyped : search(withoutUmlauts(wanted));
      const [first] = found;
      const isSure = first !== undefined && (found.length === 1 || first.rank <= SAME_NAME);
      return { ids: found.map(({ id }) => id), isSure };
    },
    placesOf: (id) => {
      const region = regions.get(id);
      if (!region) return null;
      const country = countries.of(region.countryCode) ?? region.countryName;
      // The others are places that have the region's time, and aren't its cities.
      return mains.get(region) === id ? `${country}: ${region.mainCities.join(", ")}` : country;
    },
  };
}

/** A browser that lists a region by its former name knows which one that is. */
function mainOf(region: Region, ids: readonly string[]): string | undefined {
  if (ids.includes(region.name)) return region.name;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: region.name }).resolvedOptions();
    if (ids.includes(timeZone)) return timeZone;
  } catch {
    // A browser older than the zone's name.
  }
  return region.group.find((id) => ids.includes(id));
}

interface Naming {
  mains: ReadonlyMap<Region, string | undefined>;
  countries: Intl.DisplayNames;
  words: PlaceWords;
}

function knownOf(
  id: string,
  region: Region | undefined,
  { mains, countries, words }: Naming,
): Known {
  if (!region) {
    return {
      id,
      isMain: false,
      country: [],
      places: [],
      shared: [],
      unlikeliness: unlikeliness(id),
    };
  }
  const isMain = mains.get(region) === id;
  const { name, countryName, countryCode, mainCities, alternativeName, group } = region;
  const abbreviations = [region.abbreviation, region.dstAbbreviation ?? ""];
  return {
    id,
    isMain,
    country: [countryName, countries.of(countryCode) ?? ""].map(plain),
    places: [...mainCities, ...moreNames(name, words), name.split("/").at(-1) ?? name].map(plain),
    shared: [alternativeName, ...abbreviations, ...group].map(plain),
    unlikeliness: unlikeliness(isMain ? name : id),
  };
}

function rankOf(zone: Known, wanted: string): number | null {
  const { id, isMain, country, places, shared } = zone;
  if (cityOf(id) === wanted) return OWN_NAME;
  if (isMain && [...country, ...places].includes(wanted)) return SAME_NAME;
  if (begins(cityOf(id), wanted)) return BEGINS_NAME;
  if (isMain && places.some((name) => begins(name, wanted))) return BEGINS_NAME;
  if (beginsUnspaced(plain(id), wanted)) return IN_ID;
  if (![...country, ...places, ...shared].some((name) => begins(name, wanted))) return null;
  return isMain ? IN_REGION : BESIDE;
}

/**
 * Finds zones by what people call them: "New York", "Zürich", "India", "Deutschland", "Kyiv". A browser's list has
 * identifiers only, and for some places the former name (ECMA-402 leaves that to the browser). Loaded with the list.
 */
import { rawTimeZones } from "@vvo/tzdb";

/** Places that share their rules and their country. */
type Region = (typeof rawTimeZones)[number];

/** Lower is better. */
const SAME_NAME = 0;
const BEGINS_NAME = 1;
const IN_ID = 2;
const IN_REGION = 3;
/** Another place of the region has this name, as New York is in Detroit's. */
const BESIDE = 4;

/** Without accents, case and what stands between words. */
const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const withoutSpaces = (text: string): string => text.replaceAll(" ", "");
const cityOf = (id: string): string => plain(id.split("/").at(-1) ?? id);
const begins = (text: string, wanted: string): boolean => ` ${text}`.includes(` ${wanted}`);

interface Known {
  id: string;
  names: ReturnType<typeof namesOf> | undefined;
  isMain: boolean;
}

export interface Zones {
  /** @returns the best first; all, as they were given, for a search of nothing but spaces */
  find(search: string): string[];
  /** What to tell of a zone besides its identifier: country, and largest cities. Null for zones without a place. */
  placesOf(id: string): string | null;
}

/** @param language that the countries' names are known in, besides English */
export function zoneSearch(ids: readonly string[], language: string): Zones {
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const regions = new Map(rawTimeZones.flatMap((region) => region.group.map((id) => [id, region])));
  const known = ids.map((id): Known => {
    const region = regions.get(id);
    const names = region && namesOf(region, countries);
    return { id, names, isMain: region !== undefined && mainOf(region, ids) === id };
  });
  return {
    find: (search) => {
      const wanted = plain(search);
      if (wanted === "") return [...ids];
      const found = known
        .flatMap((zone) => {
          const rank = rankOf(zone, wanted);
          return rank === null ? [] : [{ id: zone.id, rank }];
        })
        .sort((one, other) => one.rank - other.rank);
      const close = found.filter(({ rank }) => rank !== BESIDE);
      return (close.length > 0 ? close : found).map(({ id }) => id);
    },
    placesOf: (id) => {
      const region = regions.get(id);
      if (!region) return null;
      const country = countries.of(region.countryCode) ?? region.countryName;
      // The others are places that have the region's time, and aren't its cities.
      return mainOf(region, ids) === id ? `${country}: ${region.mainCities.join(", ")}` : country;
    },
  };
}

const namesOf = (
  { countryName, countryCode, mainCities, alternativeName, group }: Region,
  countries: Intl.DisplayNames,
) => ({
  places: [...mainCities, countryName, countries.of(countryCode) ?? ""].map(plain),
  others: [alternativeName, ...group].map(plain),
});

/** The one that the region's names mean: its own, or where the browser has only the former name, that one. */
function mainOf(region: Region, ids: readonly string[]): string | undefined {
  return ids.includes(region.name) ? region.name : region.group.find((id) => ids.includes(id));
}

function rankOf({ id, names, isMain }: Known, wanted: string): number | null {
  const { places = [], others = [] } = names ?? {};
  if (cityOf(id) === wanted || (isMain && places.includes(wanted))) return SAME_NAME;
  if (begins(cityOf(id), wanted)) return BEGINS_NAME;
  if (withoutSpaces(plain(id)).includes(withoutSpaces(wanted))) return IN_ID;
  if (![...places, ...others].some((name) => begins(name, wanted))) return null;
  return isMain ? IN_REGION : BESIDE;
}

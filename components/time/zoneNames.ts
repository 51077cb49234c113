/**
 * What the zone data don't know: large cities that aren't a country's four largest, what places are called in other
 * languages than their own, and which zone somebody means who types the name of a country with several. By the names
 * that the zone data have today.
 */
import type { Messages } from "#lib/platform/words.ts";

/** A place whose name the catalog knows in each language. */
type Place = keyof Messages["places"];

/** What a place is called on this page; several names have commas between them. */
export type PlaceWords = (place: Place) => string;

/** As places call themselves, and as people elsewhere write that. */
const names: Record<string, string> = {
  "America/Anchorage": "Alaska",
  "America/Chicago": "Texas, Dallas, Houston, Minneapolis, New Orleans",
  "America/Denver": "Colorado, Salt Lake City",
  "America/Los_Angeles": "LA, California, San Francisco, Seattle, Las Vegas, Portland, Sacramento",
  "America/Mexico_City": "Ciudad de México, CDMX, Guadalajara",
  "America/New_York":
    "USA, US, America, Boston, Washington, Miami, Atlanta, Florida, New Jersey, Baltimore",
  "America/Phoenix": "Arizona",
  "America/Sao_Paulo": "Brasília, Rio",
  "America/Toronto": "Ottawa, Montréal, Québec",
  "Asia/Dubai": "UAE, Abu Dhabi",
  "Asia/Jerusalem": "Tel Aviv",
  "Asia/Kolkata": "New Delhi, Bangalore, Chennai, Bombay, Pune",
  "Asia/Shanghai": "Beijing, Shenzhen",
  "Asia/Tokyo": "Osaka, Kyoto",
  "Atlantic/Canary": "Gran Canaria, Tenerife",
  "Australia/Sydney": "Canberra",
  "Europe/Amsterdam": "Rotterdam, Den Haag",
  "Europe/Berlin":
    "München, Frankfurt, Stuttgart, Düsseldorf, Dortmund, Essen, Leipzig, Bremen, Dresden, Hannover, Nürnberg, Bonn",
  "Europe/Brussels": "Bruxelles, Brussel, Antwerpen",
  "Europe/Copenhagen": "København",
  "Europe/Kyiv": "Lviv",
  "Europe/Lisbon": "Lisboa",
  "Europe/London":
    "UK, Oxford, Cambridge, Leeds, Liverpool, Manchester, Bristol, Edinburgh, Glasgow",
  "Europe/Madrid": "Sevilla, Málaga, Bilbao, Mallorca, Palma",
  "Europe/Moscow": "Moskva, Sankt-Peterburg",
  "Europe/Paris": "Lyon, Marseille, Strasbourg, Nice, Bordeaux",
  "Europe/Prague": "Praha, Brno",
  "Europe/Rome": "Roma, Milano, Napoli, Torino, Firenze, Venezia",
  "Europe/Vienna": "Wien, Graz, Linz, Salzburg, Innsbruck",
  "Europe/Warsaw": "Warszawa, Kraków, Gdańsk, Wrocław, Poznań, Łódź",
  "Europe/Zurich": "Bern, Genève, Luzern",
  "Pacific/Auckland": "Wellington",
  "Pacific/Honolulu": "Hawaii",
};

/** The places of each zone that languages have names of their own for. */
const places: Record<string, Place[]> = {
  "Africa/Algiers": ["algiers"],
  "Africa/Cairo": ["cairo"],
  "Africa/Johannesburg": ["capeTown", "johannesburg"],
  "America/Chicago": ["newOrleans"],
  "America/Havana": ["havana"],
  "America/Los_Angeles": ["california"],
  "America/Mexico_City": ["mexicoCity"],
  "America/New_York": ["america", "newJersey", "newYork", "philadelphia", "usa"],
  "Asia/Baghdad": ["baghdad"],
  "Asia/Damascus": ["damascus"],
  "Asia/Dubai": ["emirates"],
  "Asia/Hong_Kong": ["hongKong"],
  "Asia/Jerusalem": ["jerusalem"],
  "Asia/Kolkata": ["calcutta", "newDelhi"],
  "Asia/Seoul": ["korea", "seoul"],
  "Asia/Shanghai": ["beijing"],
  "Asia/Tehran": ["tehran"],
  "Asia/Tokyo": ["tokyo"],
  "Atlantic/Azores": ["azores"],
  "Atlantic/Canary": ["canaryIslands", "tenerife"],
  "Australia/Sydney": ["sydney"],
  "Europe/Amsterdam": ["holland", "rotterdam", "theHague"],
  "Europe/Athens": ["athens"],
  "Europe/Belgrade": ["belgrade"],
  "Europe/Berlin": ["cologne", "dresden", "frankfurt", "hamburg", "hanover", "munich", "nuremberg"],
  "Europe/Brussels": ["antwerp", "brussels", "ghent"],
  "Europe/Bucharest": ["bucharest"],
  "Europe/Copenhagen": ["copenhagen"],
  "Europe/Istanbul": ["istanbul"],
  "Europe/Kyiv": ["kyiv", "lviv"],
  "Europe/Lisbon": ["lisbon"],
  "Europe/London": ["edinburgh", "england", "greatBritain", "london", "scotland", "wales"],
  "Europe/Madrid": ["majorca", "seville"],
  "Europe/Moscow": ["moscow", "saintPetersburg"],
  "Europe/Paris": ["bordeaux", "marseille", "nice", "strasbourg"],
  "Europe/Prague": ["brno", "czechRepublic", "prague"],
  "Europe/Rome": ["florence", "milan", "naples", "rome", "turin", "venice"],
  "Europe/Stockholm": ["stockholm"],
  "Europe/Vienna": ["salzburg", "vienna"],
  "Europe/Vilnius": ["vilnius"],
  "Europe/Warsaw": ["gdansk", "krakow", "warsaw", "wroclaw"],
  "Europe/Zurich": ["basel", "bern", "geneva", "lausanne", "lucerne"],
};

/** Of zones that a word fits equally well, the one more likely meant comes first. */
const likely = [
  "America/New_York",
  "Europe/London",
  "Europe/Berlin",
  "America/Chicago",
  "America/Los_Angeles",
  "Europe/Paris",
  "Europe/Madrid",
  "Europe/Rome",
  "Europe/Vienna",
  "Europe/Zurich",
  "Asia/Tokyo",
  "Australia/Sydney",
  "America/Toronto",
  "America/Sao_Paulo",
  "America/Mexico_City",
  "Europe/Moscow",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Asia/Seoul",
  "Europe/Lisbon",
  "America/Santiago",
  "America/Argentina/Buenos_Aires",
  "Pacific/Auckland",
  "Asia/Jakarta",
  "Asia/Almaty",
  "Asia/Ulaanbaatar",
  "Africa/Kinshasa",
  "America/Guayaquil",
  "Pacific/Port_Moresby",
  "Europe/Kyiv",
  "America/Denver",
];

/** All zones that are named here, for a test that they exist. */
export const named: readonly string[] = [...Object.keys({ ...names, ...places }), ...likely];

/** The places of a zone whose names the catalog knows. */
export const placesIn = (zone: string): readonly Place[] => places[zone] ?? [];

/** @returns what the zone is also called, on a page in this language */
export const moreNames = (zone: string, words: PlaceWords): string[] =>
  [names[zone] ?? [], placesIn(zone).map(words)].flat().flatMap((some) => some.split(", "));

/** @returns lower for a zone that is more likely meant */
export const unlikeliness = (zone: string): number =>
  likely.includes(zone) ? likely.indexOf(zone) : likely.length;

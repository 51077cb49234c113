/**
 * What the zone data don't know: large cities that aren't a country's four largest, names in German, and which zone
 * somebody means who types the name of a country with several. By the names that the zone data have today.
 */
const names: Record<string, string> = {
  "Africa/Cairo": "Kairo",
  "Africa/Johannesburg": "Kapstadt, Cape Town",
  "America/Anchorage": "Alaska",
  "America/Chicago": "Texas, Dallas, Houston, Minneapolis, New Orleans",
  "America/Denver": "Colorado, Salt Lake City",
  "America/Havana": "Havanna",
  "America/Los_Angeles":
    "LA, California, Kalifornien, San Francisco, Seattle, Las Vegas, Portland, Sacramento",
  "America/Mexico_City": "Mexiko-Stadt",
  "America/New_York":
    "USA, US, America, Amerika, Boston, Washington, Miami, Atlanta, Florida, New Jersey, Baltimore",
  "America/Phoenix": "Arizona",
  "America/Sao_Paulo": "Brasília, Rio",
  "America/Toronto": "Ottawa, Montréal, Québec",
  "Asia/Dubai": "UAE, VAE, Abu Dhabi",
  "Asia/Hong_Kong": "Hongkong",
  "Asia/Jerusalem": "Tel Aviv",
  "Asia/Kolkata": "New Delhi, Neu-Delhi, Bangalore, Chennai, Kalkutta, Bombay, Pune",
  "Asia/Seoul": "Korea",
  "Asia/Shanghai": "Peking, Beijing, Shenzhen",
  "Asia/Singapore": "Singapur",
  "Asia/Tehran": "Teheran",
  "Asia/Tokyo": "Tokio, Osaka, Kyoto",
  "Atlantic/Azores": "Azoren",
  "Atlantic/Canary": "Kanaren, Teneriffa, Tenerife, Gran Canaria",
  "Australia/Sydney": "Canberra",
  "Europe/Amsterdam": "Holland, Rotterdam, Den Haag, The Hague",
  "Europe/Athens": "Athen",
  "Europe/Belgrade": "Belgrad",
  "Europe/Berlin":
    "München, Frankfurt, Stuttgart, Düsseldorf, Dortmund, Essen, Leipzig, Bremen, Dresden, Hannover, Nürnberg, Bonn, Cologne",
  "Europe/Brussels": "Brüssel, Antwerpen",
  "Europe/Bucharest": "Bukarest",
  "Europe/Copenhagen": "Kopenhagen",
  "Europe/Kyiv": "Kiew, Lviv, Lwiw",
  "Europe/Lisbon": "Lissabon",
  "Europe/London":
    "UK, Great Britain, Großbritannien, England, Scotland, Schottland, Wales, Oxford, Cambridge, Leeds, Liverpool, Manchester, Bristol, Edinburgh, Glasgow",
  "Europe/Madrid": "Sevilla, Mallorca, Palma",
  "Europe/Moscow": "Moskau, Sankt Petersburg, St. Petersburg",
  "Europe/Paris": "Lyon, Marseille, Straßburg, Strasbourg, Nizza, Nice, Bordeaux",
  "Europe/Prague": "Prag, Brünn, Czech Republic",
  "Europe/Rome": "Rom, Mailand, Milan, Neapel, Turin, Florenz, Florence, Venedig, Venice",
  "Europe/Vienna": "Wien, Graz, Linz, Salzburg, Innsbruck",
  "Europe/Warsaw": "Warschau, Kraków, Krakau, Danzig, Gdańsk, Breslau, Wrocław, Poznań, Łódź",
  "Europe/Zurich": "Bern, Genf, Luzern",
  "Pacific/Auckland": "Wellington",
  "Pacific/Honolulu": "Hawaii",
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
export const named: readonly string[] = [...Object.keys(names), ...likely];

/** @returns what the zone is also called */
export const moreNames = (zone: string): string[] => names[zone]?.split(", ") ?? [];

/** @returns lower for a zone that is more likely meant */
export const unlikeliness = (zone: string): number =>
  likely.includes(zone) ? likely.indexOf(zone) : likely.length;

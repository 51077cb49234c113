import { useNow as useTime } from "next-intl";

/**
 * The server's time, ISO 8601 in UTC: that of the `Clock` around, otherwise that at which the page was
 * rendered. Works on the server and in the browser, never by this machine's clock.
 */
export const useNow = (): string => useTime().toISOString();

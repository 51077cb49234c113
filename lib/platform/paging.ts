/**
 * Lists one page at a time. A page begins behind a row, not at a number, so that whatever comes or goes meanwhile,
 * nothing else is left out or read twice.
 */
import { type RawBuilder, sql } from "kysely";

/** Where a page ended: the value that the list is sorted by, as text, and the row's id. */
export interface Place {
  by: string;
  id: string;
}

export interface Page {
  limit: number;
  /** Null for the first page. */
  after: Place | null;
}

export interface Paged<T> {
  items: T[];
  /** Where the next page begins; null where there is none. */
  next: Place | null;
}

/** @param rows one more than the page holds, where there are more */
export function toPaged<T>({ limit }: Page, rows: T[], placeOf: (row: T) => Place): Paged<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? placeOf(last) : null };
}

/**
 * An instant as a place can hold it. The database keeps microseconds, which rows have that are written by SQL, and
 * a place holds only milliseconds.
 */
export const byInstant = (column: string): RawBuilder<Date> =>
  sql<Date>`date_trunc('milliseconds', ${sql.ref(column)})`;

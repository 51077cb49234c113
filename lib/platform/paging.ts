/**
 * Lists one page at a time. A page begins behind a row, not at a number, so that whatever comes or goes meanwhile,
 * nothing else is left out or read twice.
 */
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";

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

interface Order {
  /** What the list is sorted by, and the id that decides where that is the same. */
  by: RawBuilder<unknown>;
  id: RawBuilder<unknown>;
  direction: "asc" | "desc";
}

/** The rows of the page, in the list's order, and one more where there are more. */
export function onPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { limit, after }: Page,
  { by, id, direction }: Order,
): SelectQueryBuilder<DB, TB, Row> {
  const beyond = sql.raw(direction === "asc" ? ">" : "<");
  const behind = after && sql<boolean>`(${by}, ${id}) ${beyond} (${after.by}, ${after.id})`;
  return (behind ? query.where(behind) : query)
    .orderBy(by, direction)
    .orderBy(id, direction)
    .limit(limit + 1);
}

/**
 * An instant as a place can hold it. The database keeps microseconds, which rows have that are written by SQL, and
 * a place holds only milliseconds.
 */
export const byInstant = (column: string): RawBuilder<Date> =>
  sql<Date>`date_trunc('milliseconds', ${sql.ref(column)})`;

/** Makes two runs comparable when one must have gone exactly like the other. */

type Row = Record<string, unknown>;

const isName = (field: string) => /^(id|key|joinUrl|join_url|\w+_id)$/.test(field);
/**
 * Fields to leave out: a lesson's own times, which are the same although each run begins later, and numbers
 * that keep counting from run to run.
 */
const differing = [
  "scheduled_start_at",
  "scheduled_end_at",
  "starts_at",
  "answered_starts_at",
  "start",
  "generation",
];

/**
 * Lists of rows that are equal for two runs that went alike. Rows are ordered by the number in the lesson's
 * title (rows of one lesson keep their order), times are milliseconds since the run's start, and each id, key
 * and link is replaced by the number of its first appearance.
 */
export function comparable<List extends string>(
  found: Record<List, readonly object[]>,
  start: Date,
): Record<List, Row[]> {
  const names = new Map<unknown, string>();
  const plain = (field: string, value: unknown): unknown => {
    if (value instanceof Date) return value < start ? "before" : value.getTime() - start.getTime();
    if (!isName(field) || value === null) return value;
    names.set(value, names.get(value) ?? `#${names.size + 1}`);
    return names.get(value);
  };
  const plainRow = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([field]) => !differing.includes(field))
        .map(([field, value]) => [field, plain(field, value)]),
    );
  const lists = Object.entries<readonly object[]>(found).map(([list, rows]) => [
    list,
    rows
      .map((row) => ({ ...row }) as Row)
      .sort((a, b) => lessonOf(a) - lessonOf(b))
      .map(plainRow),
  ]);
  return Object.fromEntries(lists) as Record<List, Row[]>;
}

/** @throws if the title has none, because in an order by nothing two different runs might look alike */
function lessonOf({ title }: Row): number {
  const number = /\d+/.exec(String(title))?.[0];
  if (number === undefined) throw new Error(`No lesson's number in the title ${title}`);
  return Number(number);
}

import type { Segue } from "#tests/harness/segue.ts";

/** Writes a lesson's time as earlier versions took it, whatever it is. The statement returns a row. */
export async function asBefore({ rows }: Segue, statement: string): Promise<void> {
  await rows("alter table sessions disable trigger lesson_time_in_bounds");
  await rows(statement);
  await rows("alter table sessions enable trigger lesson_time_in_bounds");
}

import { runWhereTheDataIs } from "./command.ts";
import { CommandError } from "./commandError.ts";

export async function sql([query, ...more]: string[]): Promise<number> {
  if (!query || more.length > 0) throw new CommandError('Usage: sql "<query>"');
  console.log(JSON.stringify(await runWhereTheDataIs("sql", [query]), null, 2));
  return 0;
}

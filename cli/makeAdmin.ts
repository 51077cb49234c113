import { runWhereTheDataIs } from "./command.ts";
import { CommandError } from "./commandError.ts";

export async function makeAdmin([email, ...more]: string[]): Promise<number> {
  if (!email || more.length > 0) throw new CommandError("Usage: make-admin <email>");
  console.log(JSON.stringify(await runWhereTheDataIs("make-admin", [email]), null, 2));
  return 0;
}

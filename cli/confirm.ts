import { runWhereTheDataIs } from "./command.ts";
import { CommandError } from "./commandError.ts";

export async function confirm([email, ...more]: string[]): Promise<number> {
  if (!email || more.length > 0) throw new CommandError("Usage: confirm <email>");
  console.log(JSON.stringify(await runWhereTheDataIs("confirm", [email]), null, 2));
  return 0;
}

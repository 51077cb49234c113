import { z } from "zod";
import { runWhereTheDataIs } from "../command.ts";
import { CommandError } from "../commandError.ts";

const diagnosis = z.object({
  report: z.unknown(),
  lines: z.array(z.string()),
  problems: z.array(z.string()),
});

/** @returns 0 where all is well, 1 where something needs attention */
export async function doctor(args: string[]): Promise<number> {
  const asked = args.filter((arg) => arg !== "--json");
  if (asked.length > 1 || asked.some((arg) => arg.startsWith("-"))) {
    throw new CommandError("Usage: doctor [<tutor's id or e-mail>] [--json]");
  }
  const { report, lines, problems } = diagnosis.parse(await runWhereTheDataIs("doctor", asked));
  if (args.includes("--json")) console.log(JSON.stringify({ report, problems }, null, 2));
  else console.log([...lines, ...problems.map((one) => `! ${one}`), verdict(problems)].join("\n"));
  return problems.length === 0 ? 0 : 1;
}

function verdict({ length: count }: string[]): string {
  if (count === 0) return "All well";
  return count === 1 ? "1 thing to look at" : `${count} things to look at`;
}

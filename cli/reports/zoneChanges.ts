import { z } from "zod";
import { runWhereTheDataIs } from "../command.ts";
import { CommandError } from "../commandError.ts";

const change = z.object({
  sessionId: z.string(),
  subject: z.string(),
  tutor: z.string(),
  student: z.string(),
  timeZone: z.string(),
  agreed: z.string(),
  shown: z.string(),
});
const found = z.object({ changes: z.array(change), unknownZones: z.array(z.string()) });

/** @returns 0 where every lesson is at the local time that was agreed on; 1 where a tutor has to decide, or nobody can say */
export async function zoneChanges(args: string[]): Promise<number> {
  if (args.some((arg) => arg !== "--json")) throw new CommandError("Usage: zone-changes [--json]");
  const { changes, unknownZones } = found.parse(await runWhereTheDataIs("zone-changes", []));
  if (args.includes("--json")) console.log(JSON.stringify(changes, null, 2));
  else console.log(changes.map(lineOf).concat(verdict(changes)).join("\n"));
  // Not among the lines of the answer, so that programs read the list as before.
  for (const zone of unknownZones) console.error(unknown(zone));
  return changes.length + unknownZones.length === 0 ? 0 : 1;
}

const unknown = (zone: string) =>
  `This version of Node.js doesn't know the zone ${zone}: its lessons are kept as they are, and whether its rules changed can't be said`;

const lineOf = ({ agreed, shown, timeZone, ...lesson }: z.infer<typeof change>) =>
  `${agreed.replace("T", " ")} is now ${shown.replace("T", " ")} in ${timeZone}: ${lesson.subject}, ${lesson.tutor} with ${lesson.student} (${lesson.sessionId})`;

function verdict({ length: count }: unknown[]): string {
  if (count === 0) return "Every lesson is at the local time that was agreed on";
  return `${count === 1 ? "1 lesson" : `${count} lessons`} for the tutors to decide on, at the top of their Sessions page`;
}

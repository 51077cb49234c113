/** What the command menu leads to, by the queries of the pages that it leads to. */
import { z } from "zod";
import { type ZoneTable, zoneTable } from "#lib/platform/zones/zoneTable.ts";
import { isOpen } from "#lib/records/sessions/rules.ts";
import { shownSessions } from "#lib/services/sessions/shownSessions.ts";
import { listStudents } from "#lib/services/students/listStudents.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { wholeList } from "#lib/services/verb/page.ts";

export const destinationsView = z
  .object({
    people: z.array(z.object({ id: z.uuid(), name: z.string() })),
    lessons: z.array(
      z.object({
        id: z.uuid(),
        subject: z.string(),
        /** The other side of the lesson. */
        name: z.string(),
        startsAt: z.iso.datetime(),
      }),
    ),
    zone: z.string(),
    zones: z.custom<ZoneTable>().describe("The rules by which the times are shown."),
  })
  .describe("A tutor's students, by name, and one's next lessons, soonest first; no addresses.");
export type Destinations = z.infer<typeof destinationsView>;

const SHOWN = { view: "upcoming", from: null, until: null, week: null } as const;

export async function destinations(ctx: Context, person: Person): Promise<Destinations> {
  const now = ctx.clock().toISOString();
  const isTutor = person.role === "tutor";
  const students = isTutor ? await wholeList((page) => listStudents(ctx, person, page)) : [];
  const { sessions } = await shownSessions(ctx, person, SHOWN);
  const ahead = sessions.filter(
    ({ status, scheduledEndAt }) => isOpen(status) && scheduledEndAt > now,
  );
  return {
    people: students.map(({ id, name }) => ({ id, name })),
    lessons: ahead.map(({ id, subject, tutor, student, scheduledStartAt: startsAt }) => ({
      id,
      subject,
      name: tutor.id === person.id ? student.name : tutor.name,
      startsAt,
    })),
    zone: person.timeZone,
    zones: zoneTable(ctx.zoneRules, [person.timeZone], ctx.clock()),
  };
}

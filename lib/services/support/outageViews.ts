/** A provider's outage as support sees it, on the page, in JSON and in the terminal alike. */
import { z } from "zod";
import { providerIds } from "#lib/providers/provider.ts";

const instant = z.iso.datetime();
const count = z.int();

export const outageView = z
  .object({
    provider: z.enum(providerIds),
    label: z.string(),
    silentSince: instant
      .nullable()
      .describe("Since when every look has found it silent; null: it answers."),
    allSilent: z
      .boolean()
      .describe(
        "No other provider answers either: then this machine's own way out may be the cause.",
      ),
    hours: count.describe("Lessons within so many hours count."),
    concerned: z.object({
      tutors: count,
      lessons: count,
      students: count,
      soonest: z
        .array(
          z.object({
            id: z.uuid(),
            name: z.string(),
            email: z.string(),
            lessons: count,
            firstStart: instant,
          }),
        )
        .describe("The ten with the soonest lessons."),
    }),
    mail: z
      .object({ subject: z.string(), paragraphs: z.array(z.string()), button: z.string() })
      .nullable()
      .describe("As the first of them would get it, in the reader's language; null: nobody would."),
    againFrom: instant
      .nullable()
      .describe("Until then nobody is told again; null: they can be told now."),
    outage: z
      .object({
        since: instant,
        declaredAt: instant,
        toldFrom: instant.describe("When it was declared last."),
        overAt: instant.nullable(),
        tutors: count,
        waiting: count.describe("Their turn to be told is still to come."),
        told: count,
        mails: z.object({ sent: count, queued: count, failed: count }),
        moved: count.describe("Have connected another provider since."),
        safe: count.describe("All lessons of theirs have their new rooms."),
        lastSafeAt: instant.nullable(),
        toldOver: count,
      })
      .nullable()
      .describe("The one that was declared last; null: none ever was."),
  })
  .describe("A provider's outage: whom it concerns, and how far those who were told have come.");
export type OutageView = z.infer<typeof outageView>;

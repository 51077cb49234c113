/** What a tutor sees before a switch; see `views.ts`. */
import { z } from "zod";
import { providerIds } from "#lib/providers/provider.ts";

const instant = z.iso.datetime();

const lesson = z.object({
  sessionId: z.uuid(),
  subject: z.string(),
  student: z.string(),
  startsAt: instant,
});
export type PreviewLesson = z.infer<typeof lesson>;

/** What a switch does to a lesson: it moves at once, waits for another day, or stays until it is over. */
export type PreviewWeek = MigrationPreview["week"];

export const previewInput = z.object({ provider: z.enum(providerIds) });

export const migrationPreview = z.object({
  provider: z.enum(providerIds),
  total: z.number().describe("Future lessons that move."),
  atOnce: z.number().describe("Of those that don't wait for another day."),
  next: lesson.nullable(),
  lastStartsAt: instant.nullable(),
  seconds: z.number().nullable().describe("About how long the ones that move at once take."),
  measured: z.boolean().describe("By the tutor's own past migrations, not by published rates."),
  undoMinutes: z.number().describe("For so long afterwards it can be taken back."),
  dayLimit: z.number().nullable().describe("New rooms that the provider allows in a UTC day."),
  dayTaken: z.number().nullable().describe("Of those the ones made today; null without a limit."),
  week: z
    .array(
      lesson.extend({
        from: z.enum(providerIds).nullable().describe("Where its room is; null if it has none."),
        becomes: z.enum(["moves", "waits", "stays"]),
        isOpen: z.boolean().describe("Join is open already."),
      }),
    )
    .describe("The lessons of the seven days from the next one on."),
  waiting: z
    .array(lesson.extend({ until: instant }))
    .describe("Those that the day's limit makes wait; their rooms stay valid until then."),
  staying: z.number().describe("Those that begin before their day comes: they keep their rooms."),
  open: z
    .array(lesson.extend({ entered: z.number().describe("People who entered its present room.") }))
    .describe("Join is open already; people may be inside."),
  tooLong: z
    .object({ minutes: z.number(), count: z.number(), assumed: z.boolean() })
    .nullable()
    .describe(
      "The provider ends meetings with this licence or plan after so long; lessons that are longer.",
    ),
});
export type MigrationPreview = z.infer<typeof migrationPreview>;

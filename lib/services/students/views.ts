/** A tutor's student as pages and JSON answers show them, to that tutor alone. */
import { z } from "zod";
import { standingView } from "#lib/services/asking/standing.ts";

const address = z.object({ email: z.string(), standing: standingView });

export const studentView = z.object({
  id: z.uuid(),
  name: z.string().describe("As the tutor calls them."),
  timeZone: z.string(),
  note: z.string().nullable().describe("For the tutor alone."),
  hasAccount: z.boolean().describe("Whether they sign in themselves."),
  isWrittenDown: z.boolean().describe("false: they came by themselves, by asking for a lesson."),
  address: address
    .nullable()
    .describe("Where their links go once it has agreed; null: none was given."),
  guardian: address.nullable().describe("Of the address that this tutor gave as a guardian's."),
  lessonsAhead: z.number(),
  nextStartAt: z.iso.datetime().nullable(),
});
export type StudentView = z.infer<typeof studentView>;

/** What the bench tells a contestant's process, as JSON. */
import { z } from "zod";

export const contestants = ["loop", "promiseAll", "pgBoss", "dbos"] as const;

export const task = z.object({
  contestant: z.enum(contestants),
  provider: z.enum(["google_meet", "zoom"]),
  tutors: z.number(),
  /** Of each tutor. */
  lessons: z.number(),
  databaseUrl: z.string(),
  appUrl: z.string(),
  /** Where the stand-ins are, and their client's credentials. */
  settings: z.record(z.string(), z.string()),
});
export type Task = z.infer<typeof task>;

/** What a process prints once its tutors have consented. */
export const BEGUN = "begun";

/** What the bench and a contestant's process tell each other, as JSON. */
import { z } from "zod";

export const task = z.object({
  contestant: z.enum(["loop", "promiseAll", "pgBoss", "dbos"]),
  provider: z.enum(["google_meet", "zoom"]),
  lessons: z.number(),
  databaseUrl: z.string(),
  appUrl: z.string(),
  /** Where the stand-ins are, and their client's credentials. */
  settings: z.record(z.string(), z.string()),
});
export type Task = z.infer<typeof task>;

export const report = z.object({
  /** From the consent to the last link that was stored, and to the first. */
  lastMs: z.number(),
  firstMs: z.number(),
  linked: z.number(),
});
export type Report = z.infer<typeof report>;

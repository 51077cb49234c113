/** What of an earlier version's data must be alive in every later one: a dump's `manifest.json`. */
import { z } from "zod";

const signIn = z.object({
  email: z.string(),
  password: z.string(),
  cookie: z.string(),
  bearer: z.string(),
});

const alive = z.object({
  /** When the data was at rest. Whoever starts on it does so at this moment, by a clock of its own. */
  at: z.iso.datetime(),
  /** Where the stand-ins were, whose rooms the lessons' links lead to. */
  standIns: z.string(),
  /** What the database's secrets were; none for an embedded one, which keeps its own. */
  env: z.record(z.string(), z.string()),
  signIns: z.array(signIn),
  /** E-mail addresses of tutors, and where they are connected. */
  connections: z.record(z.string(), z.enum(["google_meet", "zoom"])),
  /** Lessons to come, soonest first. */
  lessons: z.array(
    z.object({
      link: z.string(),
      student: z.string(),
      startsAt: z.iso.datetime(),
      room: z.string().describe("Path and query at the stand-ins."),
    }),
  ),
  feeds: z.array(z.object({ path: z.string(), uids: z.array(z.string()) })),
  /** Rows by table. */
  rows: z.record(z.string(), z.number()),
});
export type Alive = z.infer<typeof alive>;

export const manifest = z.object({
  commit: z.string(),
  embedded: alive,
  server: alive,
});
export type Kind = "embedded" | "server";

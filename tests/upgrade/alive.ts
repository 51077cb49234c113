/** What of an earlier version's data must be alive in every later one: the `manifest.json` of a dump. */
import { z } from "zod";

const signIn = z.object({
  email: z.string(),
  password: z.string(),
  cookie: z.string(),
  bearer: z.string(),
});

const alive = z.object({
  /** When the data had settled. A later version starts on it at this moment, on a clock of its own. */
  at: z.iso.datetime(),
  /** The address of the stand-ins whose rooms the lessons' links lead to. */
  standIns: z.string(),
  /** The database's secrets. There are none for an embedded database, which keeps its own. */
  env: z.record(z.string(), z.string()),
  signIns: z.array(signIn),
  /** The tutors' email addresses, and where they are connected. */
  connections: z.record(z.string(), z.enum(["google_meet", "zoom"])),
  /** Future lessons, soonest first. */
  lessons: z.array(
    z.object({
      link: z.string(),
      student: z.string(),
      startsAt: z.iso.datetime(),
      room: z.string().describe("Path and query at the stand-ins."),
    }),
  ),
  feeds: z.array(z.object({ path: z.string(), uids: z.array(z.string()) })),
  /** The number of rows in each table. */
  rows: z.record(z.string(), z.number()),
});
export type Alive = z.infer<typeof alive>;

export const manifest = z.object({
  commit: z.string(),
  embedded: alive,
  server: alive,
});
export type Kind = "embedded" | "server";

/** People as pages and JSON answers show them. */
import { z } from "zod";

export const participant = z.object({ id: z.uuid(), name: z.string(), timeZone: z.string() });
export type Participant = z.infer<typeof participant>;

/** Its own file because the description of the API is read outside the pages' server, too. */
import { z } from "zod";

const demoRoles = ["tutor", "student", "support"] as const;
export type DemoRole = (typeof demoRoles)[number];

export const demoInput = z.object({ as: z.enum(demoRoles) });

/** The personal link that somebody is sent for a lesson. */
import { asService } from "#lib/platform/db.ts";
import type { Slot } from "#lib/records/doors/rules.ts";
import { linksFor } from "#lib/services/keys/personalLinks.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Segue } from "../segue.ts";

export const personalLink = (
  { ctx }: Segue,
  student: Person,
  sessionId: string,
  slot: Slot = "student",
): Promise<string> =>
  asService(ctx.db, async (trx) => {
    const linkOf = await linksFor(ctx, trx, { personId: student.id, tutorId: null, slot });
    return linkOf(sessionId);
  });

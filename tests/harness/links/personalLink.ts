/** The personal link that somebody is sent for a lesson. */
import { asService } from "#lib/platform/db.ts";
import { linksFor } from "#lib/services/keys/personalLinks.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { Segue } from "../segue.ts";

/** @param copyOf the student's name for the link of their guardian */
export const personalLink = (
  { ctx }: Segue,
  student: Person,
  sessionId: string,
  copyOf: string | null = null,
): Promise<string> =>
  asService(ctx.db, async (trx) => {
    const linkOf = await linksFor(ctx, trx, { personId: student.id, side: "student", copyOf });
    return linkOf(sessionId);
  });

/** Who may see a tutor who isn't themselves, and the log line that each such access leaves. */
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";

/** Somebody who isn't support doesn't even learn whether the tutor exists. @throws Refusal `not_found` */
export function assertSupport(person: Person): void {
  if (person.role !== "admin") throw notFound("tutor");
}

export const logSupport = (ctx: Context, admin: Person, tutorId: string, what: string): void =>
  ctx.log.info({ adminId: admin.id, tutorId }, what);

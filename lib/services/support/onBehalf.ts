/** Who may look at a tutor who isn't themselves, and the line that every such look leaves in the log. */
import type { Context, Person } from "#lib/services/context.ts";
import { notFound } from "#lib/services/errors.ts";

/** Whoever isn't support doesn't learn whether there is such a tutor. @throws Refusal `not_found` */
export function assertSupport(person: Person): void {
  if (person.role !== "admin") throw notFound("tutor");
}

export const logSupport = (ctx: Context, admin: Person, tutorId: string, what: string): void =>
  ctx.log.info({ adminId: admin.id, tutorId }, what);

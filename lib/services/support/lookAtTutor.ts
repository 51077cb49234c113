import type { Context, Person } from "#lib/services/verb/context.ts";
import { examineTutor } from "./examineTutor.ts";
import { assertSupport, logSupport } from "./onBehalf.ts";
import type { TutorReport } from "./views.ts";

/** Shows a tutor to support without asking a provider. @throws Refusal `not_found` */
export async function lookAtTutor(ctx: Context, admin: Person, who: string): Promise<TutorReport> {
  assertSupport(admin);
  const report = await examineTutor(ctx, who);
  logSupport(ctx, admin, report.tutor.id, "Support looked at a tutor");
  return report;
}

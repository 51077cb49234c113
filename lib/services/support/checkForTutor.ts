import type { Context, Person } from "#lib/services/context.ts";
import { checkLinksAndLook } from "#lib/services/drift/checkLinks.ts";
import { lookFindings } from "./examine/checks.ts";
import { findTutor } from "./examineTutor.ts";
import { assertSupport, noteSupport } from "./onBehalf.ts";
import type { SupportCheck } from "./views.ts";

/** Check links, pressed by support. @throws Refusal `not_found`, `no_video_provider` */
export async function checkForTutor(
  ctx: Context,
  admin: Person,
  who: string,
): Promise<SupportCheck> {
  assertSupport(admin);
  const tutor = await findTutor(ctx, who);
  noteSupport(ctx, admin, tutor.id, "Support checks a tutor's links");
  const { counts, looks } = await checkLinksAndLook(ctx, tutor.id);
  return { ...counts, findings: looks.flatMap(lookFindings) };
}

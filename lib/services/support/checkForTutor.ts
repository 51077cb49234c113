import { checkLinksAndLook } from "#lib/services/checkLinks.ts";
import type { Context, Person } from "#lib/services/context.ts";
import { lookFindings } from "#lib/services/examineTutor/checks.ts";
import { findTutor } from "#lib/services/examineTutor.ts";
import type { SupportCheck } from "#lib/services/supportViews.ts";
import { assertSupport, noteSupport } from "./onBehalf.ts";

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

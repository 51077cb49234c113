import { checkLinksAndScan } from "#lib/services/drift/checkLinks.ts";
import { recordCheck } from "#lib/services/drift/recordCheck.ts";
import { admitNow } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { scanFindings } from "./examine/checks.ts";
import { findTutor } from "./examineTutor.ts";
import { assertSupport, logSupport } from "./onBehalf.ts";
import type { SupportCheck } from "./views.ts";

/** Runs Check links for a tutor when support presses it. @throws Refusal `not_found`, `no_video_provider` */
export async function checkForTutor(
  ctx: Context,
  admin: Person,
  who: string,
): Promise<SupportCheck> {
  assertSupport(admin);
  const tutor = await findTutor(ctx, who);
  await admitNow(ctx, "check", admin.id);
  logSupport(ctx, admin, tutor.id, "Support checks a tutor's links");
  const { counts, scans } = await checkLinksAndScan(ctx, tutor.id);
  await recordCheck(ctx, tutor.id, counts);
  return { ...counts, findings: scans.flatMap(scanFindings) };
}

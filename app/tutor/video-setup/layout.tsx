import type { ReactNode } from "react";
import { requirePerson } from "#server/page.ts";

/** Asked here too, above the skeleton: once that is on its way, no status and no redirect can be sent. */
export default async function VideoSetupLayout({ children }: { children: ReactNode }) {
  await requirePerson("tutor");
  return children;
}

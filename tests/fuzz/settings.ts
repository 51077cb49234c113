/** How the app is started, so that no setting stops or slows what is tried. */
import type { App, AppOptions } from "#tests/harness/app.ts";
import { METRICS_TOKEN, WEBHOOK_SECRET } from "./making/keys.ts";

export const settings: AppOptions = {
  env: {
    // No callback and no refresh waits until lessons have moved.
    SWITCH_WAIT_SECONDS: "0",
    ZOOM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    METRICS_TOKEN: METRICS_TOKEN,
  },
};

/** The stand-in would pace rooms as Zoom's plans do, and refuse more than so many in a day. */
export async function withoutPlan({ sandboxUrl }: App): Promise<void> {
  const answer = await fetch(`${sandboxUrl}/control/settings`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ zoomPlan: "none", zoomDailyLimit: null }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

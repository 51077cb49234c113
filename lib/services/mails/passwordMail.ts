import type { Trx } from "#lib/platform/db.ts";
import type { Context } from "#lib/services/context.ts";
import { post } from "./letter.ts";

/** The link is good for one hour and one use. */
export const mailPasswordReset = (
  ctx: Context,
  trx: Trx,
  to: { email: string; name: string },
  url: string,
): Promise<void> =>
  post(ctx, trx, {
    to,
    subject: "Set a new password",
    paragraphs: [
      "Somebody, probably you, asked to set a new password for your account. The link below works once, for one hour.",
      "If it wasn't you, leave this mail alone: nothing changes.",
    ],
    button: { label: "Set a new password", url },
  });

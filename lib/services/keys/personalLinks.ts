/** The links that participants are sent for their lessons. */
import type { Trx } from "#lib/platform/db.ts";
import { type LinksOf, linkVersion } from "#lib/records/doors/queries.ts";
import { type Slot, tokenFor } from "#lib/records/doors/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { installationKey, isKeyAtHand } from "./installationKey.ts";

/** The address of a lesson's door for one reader. */
export type LinkOf = (sessionId: string) => string;

interface Reader extends Omit<LinksOf, "personId" | "slot"> {
  /** Null where nobody has an account. */
  personId: string | null;
  /** Null: the tutor. */
  slot: Slot | null;
}

/** For those who are signed in, and for the tutor, who is never sent another one. */
export const signedInLink =
  ({ config }: Pick<Context, "config">): LinkOf =>
  (sessionId) =>
    `${config.appUrl}/sessions/${sessionId}/join`;

/**
 * Who has no password comes in by a personal link; the same reader gets the same link for the same lesson each time,
 * until their version rises.
 */
export async function linksFor(
  ctx: Pick<Context, "config" | "log">,
  trx: Trx,
  { personId, tutorId, slot }: Reader,
): Promise<LinkOf> {
  if (slot === null || personId === null) return signedInLink(ctx);
  if (!(await isKeyAtHand(ctx, trx, "doors"))) {
    // A mail with a link that asks for a sign-in is better than no mail.
    ctx.log.error("TOKEN_ENCRYPTION_KEYS lacks the key that makes personal links");
    return signedInLink(ctx);
  }
  const key = await installationKey(ctx, trx, "doors");
  const { version } = await linkVersion(trx, { personId, tutorId, slot });
  return (sessionId) => `${ctx.config.appUrl}/j/${tokenFor(key, { sessionId, slot, version })}`;
}

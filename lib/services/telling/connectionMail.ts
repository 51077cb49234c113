import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { amiss } from "./letter/about.ts";
import { post } from "./letter/letter.ts";
import { accountOf } from "./recipients.ts";

interface Dead {
  tutorId: string;
  provider: ProviderId;
  code: ProviderErrorCode;
}

/**
 * Tells the tutor that no more rooms can be made with their connection, and how it stands with their lessons. The
 * button leads to the page where one more press begins the consent.
 */
export async function mailDeadConnection(ctx: Context, trx: Trx, dead: Dead): Promise<void> {
  const to = await accountOf(ctx, trx, dead.tutorId);
  const lessons = await futureSessions(trx, dead.tutorId, ctx.clock());
  const provider = ctx.providers.label(dead.provider);
  const words = wordsFor(to.language, "mails.reconnect");
  // Rooms outlive the consent that they were made with, but not the account that they are in.
  const isGone = dead.code === "account_gone";
  const withRoom = lessons.filter((lesson) => lesson.join_url !== null);
  const lost = isGone ? withRoom.filter((lesson) => lesson.provider === dead.provider).length : 0;
  const working = withRoom.length - lost;
  const waiting = lessons.length - withRoom.length;
  const sentences = [
    lessons.length > 0 ? words("concerned", { count: lessons.length }) : words("none"),
    ...(working > 0 ? [words("rooms", { count: working })] : []),
    ...(lost > 0 ? [words("roomsGone", { count: lost, provider })] : []),
    ...(waiting > 0 ? [words("waiting", { count: waiting })] : []),
  ];
  await post(ctx, trx, {
    to,
    about: amiss("reconnect", to, { provider: dead.provider }),
    subject: words("subject", { provider }),
    paragraphs: [words("text", { provider }), sentences.join(" "), words("until")],
    button: {
      label: words("button", { provider }),
      url: `${ctx.config.appUrl}/tutor/video-setup?connect=${dead.provider}`,
    },
    isNeeded: true,
  });
}

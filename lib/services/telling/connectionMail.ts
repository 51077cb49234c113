import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import { missingScopes } from "#lib/providers/permissions.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { futureSessions } from "#lib/records/sessions/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { amiss } from "./letter/about.ts";
import { post } from "./letter/letter.ts";
import { accountOf, type Recipient } from "./recipients.ts";

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
    paragraphs: [
      words("text", { provider }),
      ...(dead.code === "scope_missing" ? [await missing(ctx, trx, dead, to)] : []),
      sentences.join(" "),
      words("until"),
    ],
    button: {
      label: words("button", { provider }),
      url: `${ctx.config.appUrl}/tutor/video-setup?connect=${dead.provider}`,
    },
    isNeeded: true,
  });
}

/** Which permissions the consent lacked. None is named where the consent gave all that Segue knows of. */
async function missing(
  ctx: Context,
  trx: Trx,
  { tutorId, provider: id }: Dead,
  { language }: Recipient,
): Promise<string> {
  const provider = ctx.providers.get(id);
  const connection = await connectionOf(trx, tutorId);
  const name = wordsFor(language, "permissions.names");
  const names = missingScopes(provider, connection?.scopes ?? []).flatMap((scope) => {
    const permission = provider.permissions[scope];
    return permission ? name(permission) : [];
  });
  const words = wordsFor(language, "permissions");
  const why = words("dead", { provider: provider.label });
  return names.length > 0 ? `${why} ${words("missing", { permissions: names.join(", ") })}` : why;
}

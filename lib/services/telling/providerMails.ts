/** Mails about a provider as a whole: to whoever runs the installation, and of an outage to the tutors that it concerns. */
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { type ProviderId, providerIds } from "#lib/providers/provider.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import type { OperatorTrouble } from "#lib/records/operator/queries.ts";
import type { Concerned } from "#lib/records/outages/queries/concerned.ts";
import { OUTAGE_HOURS } from "#lib/records/outages/rules.ts";
import { administrators } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { amiss } from "./letter/about.ts";
import { longTime, post } from "./letter/letter.ts";
import type { Letter } from "./letter/letterParts.ts";
import { accountOf, type Recipient } from "./recipients.ts";

/** Of what nobody else can see to. @returns how many administrators are told */
export async function mailOperatorTrouble(
  ctx: Context,
  trx: Trx,
  trouble: OperatorTrouble,
): Promise<number> {
  const admins = await administrators(trx);
  for (const { id } of admins) await tellOne(ctx, trx, id, trouble);
  return admins.length;
}

async function tellOne(ctx: Context, trx: Trx, personId: string, trouble: OperatorTrouble) {
  const to = await accountOf(ctx, trx, personId);
  const words = wordsFor(to.language, "mails.operator");
  const { kind, detail, help_url: help } = trouble;
  const provider = ctx.providers.label(trouble.provider);
  await post(ctx, trx, {
    to,
    about: amiss("operator", to, { provider: trouble.provider, trouble: kind }),
    subject: words(`${kind}.subject`, { provider }),
    paragraphs: [
      words(`${kind}.text`, { provider, since: longTime(trouble.first_seen, to) }),
      ...(detail === null ? [] : [words("said", { provider, detail })]),
      words("after"),
    ],
    button: help
      ? { label: words("button", { kind, provider }), url: help }
      : { label: words("support"), url: `${ctx.config.appUrl}/support` },
    isNeeded: true,
  });
}

interface Silent {
  provider: ProviderId;
  since: Date;
}

/** The mail itself, also for whoever decides on it. */
export function outageLetter(
  ctx: Context,
  to: Pick<Recipient, "language" | "timeZone" | "clockHours">,
  { provider: id, since }: Silent,
  { lessons: count, first_start: first }: Pick<Concerned, "lessons" | "first_start">,
): Pick<Letter, "subject" | "paragraphs"> & { button: NonNullable<Letter["button"]> } {
  const words = wordsFor(to.language, "mails.outage");
  const provider = ctx.providers.label(id);
  const other = providerIds.find((one) => one !== id && ctx.providers.has(one));
  const names = { provider, other: other ? ctx.providers.label(other) : "" };
  const hours = OUTAGE_HOURS;
  return {
    subject: words(other ? "subject" : "subjectAlone", names),
    paragraphs: [
      words("text", { provider, since: longTime(since, to) }),
      words("lessons", { count, hours, first: longTime(first, to) }),
      words(other ? "todo" : "todoAlone", names),
      words("otherwise", names),
    ],
    button: {
      label: words(other ? "button" : "buttonAlone", names),
      url: `${ctx.config.appUrl}/tutor/video-setup${other ? `?connect=${other}` : ""}`,
    },
  };
}

/** @returns the mail's id */
export async function mailOutage(
  ctx: Context,
  trx: Trx,
  silent: Silent,
  concerned: Pick<Concerned, "tutor_id" | "lessons" | "first_start">,
): Promise<string> {
  const to = await accountOf(ctx, trx, concerned.tutor_id);
  return post(ctx, trx, {
    to,
    about: { kind: "outage", ...about(ctx, to, silent) },
    ...outageLetter(ctx, to, silent, concerned),
    isNeeded: true,
  });
}

/** To somebody who was told that it lasts. */
export async function mailOutageOver(
  ctx: Context,
  trx: Trx,
  silent: Silent,
  tutorId: string,
): Promise<void> {
  const to = await accountOf(ctx, trx, tutorId);
  const connection = await connectionOf(trx, tutorId);
  const words = wordsFor(to.language, "mails.outageOver");
  const provider = ctx.providers.label(silent.provider);
  const isMoved = connection !== undefined && connection.provider !== silent.provider;
  await post(ctx, trx, {
    to,
    about: { kind: "outage_over", ...about(ctx, to, silent) },
    subject: words("subject", { provider }),
    paragraphs: [
      words("text", { provider }),
      isMoved
        ? words("moved", { provider, other: ctx.providers.label(connection.provider) })
        : words("stayed", { provider }),
    ],
    button: { label: words("button"), url: `${ctx.config.appUrl}/tutor/video-setup` },
    isNeeded: true,
  });
}

const about = (ctx: Context, { personId }: Recipient, { provider }: Silent) => ({
  personId,
  provider,
  validUntil: addMinutes(ctx.clock(), OUTAGE_HOURS * 60),
});

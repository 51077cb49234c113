/** The mail to whoever runs the installation, about what nobody else can mend. */
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import type { OperatorTrouble } from "#lib/records/operator/queries.ts";
import { administrators } from "#lib/records/people/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { amiss } from "./letter/about.ts";
import { longTime, post } from "./letter/letter.ts";
import { accountOf } from "./recipients.ts";

/** @returns how many administrators are told */
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
      ? { label: words("button", { provider }), url: help }
      : { label: words("support"), url: `${ctx.config.appUrl}/support` },
    isNeeded: true,
  });
}

/**
 * Mails about the account itself. The address may be a stranger's, so they hold fixed words only: not even
 * the name that somebody signed up with.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import type { Trx } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { UTC } from "#lib/platform/zones/zoneRules.ts";
import { signedInLink } from "#lib/services/keys/personalLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { amiss, staysTrue } from "./letter/about.ts";
import { post } from "./letter/letter.ts";
import { quoted } from "./letter/quoted.ts";
import { accountOf, type Recipient } from "./recipients.ts";

/** As long as sign-in's library takes it (`server/auth.ts`). */
const RESET_MINUTES = 60;

/** The link is valid for one hour and can be used once. */
export async function mailPasswordReset(ctx: Context, trx: Trx, personId: string, url: string) {
  const to = { ...(await accountOf(ctx, trx, personId)), name: null };
  const words = wordsFor(to.language, "mails.password");
  await post(ctx, trx, {
    to,
    about: staysTrue(to, addMinutes(ctx.clock(), RESET_MINUTES)),
    subject: words("subject"),
    paragraphs: [words("text"), words("ignore")],
    button: { label: words("button"), url },
    isNeeded: true,
  });
}

interface Ask {
  personId: string;
  expiresAt: Date;
  email: string;
  language: string;
  url: string;
  isChange: boolean;
}

/** The link is valid for a week; pressing it decides nothing yet. */
export async function mailConfirmation(ctx: Context, trx: Trx, ask: Ask) {
  const words = wordsFor(ask.language, "mails.confirm");
  await post(ctx, trx, {
    to: unknownAt(ctx, ask.email, ask.language),
    about: { kind: "confirmation", personId: ask.personId, validUntil: ask.expiresAt },
    subject: words("subject"),
    paragraphs: [words(ask.isChange ? "change" : "text"), words("ignore")],
    button: { label: words("button"), url: ask.url },
    isNeeded: true,
  });
}

/** To the present address, which goes on being valid. */
export async function mailAddressChanging(ctx: Context, trx: Trx, personId: string, email: string) {
  await tellOf("changing", ctx, trx, personId, email);
}

/** To the address that was valid until now. */
export async function mailAddressChanged(ctx: Context, trx: Trx, personId: string, email: string) {
  await tellOf("changed", ctx, trx, personId, email);
}

/** To whoever has an account with an address that somebody else wants for theirs: never who that is. */
export async function mailAddressWanted(ctx: Context, trx: Trx, holderId: string) {
  const to = { ...(await accountOf(ctx, trx, holderId)), name: null };
  const words = wordsFor(to.language, "mails.wanted");
  await post(ctx, trx, {
    to,
    about: staysTrue(to),
    subject: words("subject"),
    paragraphs: [words("text"), words("ignore")],
    button: { label: words("button"), url: `${ctx.config.appUrl}/sign-in` },
    isNeeded: true,
  });
}

/**
 * To a confirmed address, however the password was set: whoever set it may have been somebody else. A student's
 * guardian outlives a new password, so the mail says where to look.
 */
export async function mailPasswordChanged(ctx: Context, trx: Trx, personId: string) {
  const to = await accountOf(ctx, trx, personId);
  const words = wordsFor(to.language, "mails.passwordChanged");
  const guardian = to.side === "student" ? [words("guardian")] : [];
  await post(ctx, trx, {
    to,
    about: staysTrue(to),
    subject: words("subject"),
    paragraphs: [words("text"), ...guardian, words("notYou")],
    button: { label: words("button"), url: `${ctx.config.appUrl}/forgot-password` },
    isNeeded: true,
  });
}

/** To a tutor whose student can't be reached by mail, or whose student's guardian can't. */
export async function mailAddressRefused(
  ctx: Context,
  trx: Trx,
  tutorId: string,
  of: { email: string; student: { name: string }; isGuardians: boolean },
) {
  const to = await accountOf(ctx, trx, tutorId);
  const words = wordsFor(to.language, "mails.refused");
  const named = { student: quoted(to.language, of.student.name) };
  await post(ctx, trx, {
    to,
    about: amiss("refused", to, { email: of.email }),
    subject: words("subject", named),
    paragraphs: [words(of.isGuardians ? "guardian" : "student", named), words("todo", named)],
    button: {
      label: wordsFor(to.language, "mails")("seeLessons"),
      url: `${ctx.config.appUrl}/sessions`,
    },
    isNeeded: true,
  });
}

async function tellOf(
  what: "changing" | "changed",
  ctx: Context,
  trx: Trx,
  personId: string,
  email: string,
) {
  const to = await accountOf(ctx, trx, personId);
  const words = wordsFor(to.language, "mails.address");
  await post(ctx, trx, {
    to,
    about: staysTrue(to),
    subject: words("subject"),
    paragraphs: [words(what, { email }), words("notYou")],
    button: { label: words("button"), url: `${ctx.config.appUrl}/forgot-password` },
    isNeeded: true,
  });
}

const unknownAt = (ctx: Context, email: string, language: string): Recipient => ({
  personId: null,
  email,
  language,
  name: null,
  timeZone: UTC,
  clockHours: 24,
  side: "student",
  slot: null,
  tutorId: null,
  copyOf: null,
  givenBy: null,
  linkOf: signedInLink(ctx),
  ask: null,
});

/**
 * A mail may have waited for long, so before it is sent it is compared with what is so now. One that is no longer
 * true isn't sent; one that is true in part is written again without the rest.
 */
import type { Trx } from "#lib/platform/db.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import {
  bookingStatus,
  isConfirmationOpen,
  lessonsInMail,
} from "#lib/records/mails/queries/about.ts";
import { eraseMailText, type Mail, readdressMail, recordMail } from "#lib/records/mails/queries.ts";
import { type Facts, type LessonNow, type Outdated, verdictOn } from "#lib/records/mails/rules.ts";
import { sessionsByIds } from "#lib/records/sessions/queries.ts";
import { mailAccepted } from "#lib/services/telling/bookingMails.ts";
import { mailDigest } from "#lib/services/telling/digestMail.ts";
import { type Recipient, recipientsOf } from "#lib/services/telling/recipients.ts";
import { mailZoneChange } from "#lib/services/telling/zoneMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** @returns the mail as it is to be sent; null if it isn't */
export async function lookAgain(ctx: Context, trx: Trx, mail: Mail): Promise<Mail | null> {
  const now = ctx.clock();
  const verdict = verdictOn(mail, await factsOf(trx, mail, now), now);
  if (verdict.kind === "drop") return drop(trx, mail, verdict.why);
  const to = await readerOf(ctx, trx, mail);
  if (to === "nobody") return drop(trx, mail, "unwanted");
  if (verdict.kind === "rewrite") {
    if (to) await rewrite(ctx, trx, mail, to, verdict.lessons);
    return drop(trx, mail, "superseded");
  }
  if (!to || to.email === mail.to_email) return mail;
  await readdressMail(trx, mail.id, to.email);
  return { ...mail, to_email: to.email };
}

async function factsOf(trx: Trx, mail: Mail, now: Date): Promise<Facts> {
  const { about, booking_id: bookingId, person_id: personId, to_email: email } = mail;
  return {
    lessons: about === null ? [] : await lessonsInMail(trx, mail.id),
    booking: bookingId === null ? null : await bookingStatus(trx, bookingId),
    isAsked:
      about === "confirmation" &&
      personId !== null &&
      (await isConfirmationOpen(trx, { personId, email, now })),
    isDead:
      about === "reconnect" &&
      personId !== null &&
      (await connectionOf(trx, personId))?.connection_status === "needs_reconnect",
  };
}

/**
 * Who reads it: the same person at the address that they have now, or the guardian if there still is one. Null where
 * the mail goes to its address whoever that is.
 */
async function readerOf(ctx: Context, trx: Trx, mail: Mail): Promise<Recipient | "nobody" | null> {
  const { about, person_id: personId, to_email: email } = mail;
  if (about === null || about === "confirmation" || about === "reconnect" || personId === null)
    return null;
  const readers = await recipientsOf(ctx, trx, personId);
  const reader = readers.find((one) => one.email === email);
  if (reader) return reader;
  // Only mails in somebody else's name have one.
  const isCopy = mail.unsubscribe_url !== null;
  return isCopy ? "nobody" : (readers[0] ?? "nobody");
}

async function drop(trx: Trx, mail: Mail, why: Outdated): Promise<null> {
  await recordMail(trx, mail, { status: "dropped", error_code: why, error_detail: null });
  await eraseMailText(trx, mail.id);
  return null;
}

async function rewrite(ctx: Context, trx: Trx, mail: Mail, to: Recipient, lessons: LessonNow[]) {
  const sessionIds = lessons.map(({ session_id: id }) => id);
  const sessions = await sessionsByIds(trx, sessionIds);
  if (mail.about === "accepted") {
    const bookingId = sessions[0]?.booking_id;
    if (bookingId) await mailAccepted(ctx, trx, to, { bookingId, sessionIds });
  }
  if (mail.about === "zone_agreed" || mail.about === "zone_instant") {
    const keep = mail.about === "zone_agreed" ? "agreed" : "instant";
    const decided = sessions.map((session) => ({
      session,
      before:
        lessons.find(({ session_id: id }) => id === session.id)?.former_start ??
        session.scheduled_start_at,
    }));
    await mailZoneChange(ctx, trx, to, { keep, lessons: decided });
  }
  if (mail.about === "rooms") {
    const moved = sessions.flatMap((session) => {
      const told = lessons.find(({ session_id: id }) => id === session.id);
      if (!told?.from_provider || !told.to_provider) return [];
      return [{ session, from: told.from_provider, to: told.to_provider }];
    });
    await mailDigest(ctx, trx, to, moved);
  }
}

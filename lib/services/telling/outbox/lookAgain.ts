/**
 * A mail may have waited for long, so before it is sent it is compared with what is so now. One that is no longer
 * true isn't sent; one that is true in part is written again without the rest.
 */
import type { Trx } from "#lib/platform/db.ts";
import { zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { askInMail } from "#lib/records/asking/queries/links.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { firstStart } from "#lib/records/bookings/rules.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { isConfirmationOpen, lessonsInMail } from "#lib/records/mails/queries/about.ts";
import { forgetRefused, isStillRefused } from "#lib/records/mails/queries/refused.ts";
import { eraseMailText, type Mail, readdressMail, recordMail } from "#lib/records/mails/queries.ts";
import { type Facts, type LessonNow, type Outdated, verdictOn } from "#lib/records/mails/rules.ts";
import { forgetTold, isUnderWay } from "#lib/records/operator/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { changeRequestById } from "#lib/records/sessions/queries/changeRequests.ts";
import { newestMessage } from "#lib/records/sessions/queries/messages.ts";
import { type SessionWithPeople, sessionsByIds } from "#lib/records/sessions/queries.ts";
import { mailAccepted } from "#lib/services/telling/bookingMails.ts";
import { mailDigest } from "#lib/services/telling/notifyPeople/digestMail.ts";
import { type Recipient, studentsMail, tutorsMail } from "#lib/services/telling/recipients.ts";
import { mailMoved } from "#lib/services/telling/sessionMails.ts";
import { mailZoneChange } from "#lib/services/telling/zoneMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** @returns the mail as it is to be sent; null if it isn't */
export async function lookAgain(ctx: Context, trx: Trx, mail: Mail): Promise<Mail | null> {
  const now = ctx.clock();
  const verdict = verdictOn(mail, await factsOf(ctx, trx, mail), now);
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

async function factsOf(ctx: Context, trx: Trx, mail: Mail): Promise<Facts> {
  const { about, person_id: personId, to_email: email, about_email: refused } = mail;
  const now = ctx.clock();
  const trouble = troubleOf(mail);
  return {
    lessons: about === null ? [] : await lessonsInMail(trx, mail.id),
    request: await requestOf(ctx, trx, mail),
    asked: await askedOf(trx, mail),
    isAsked:
      about === "confirmation" &&
      personId !== null &&
      (await isConfirmationOpen(trx, { personId, email, now })),
    connection: about === "reconnect" ? await connectionNow(trx, personId) : null,
    isUnderWay: trouble !== null && (await isUnderWay(trx, trouble)),
    isRefused: refused !== null && (await isStillRefused(trx, refused)),
  };
}

async function requestOf(ctx: Context, trx: Trx, { about, booking_id: id }: Mail) {
  const booking = about === "requested" && id !== null ? await bookingById(trx, id) : undefined;
  if (!booking) return null;
  return { status: booking.status, first: firstStart(booking, zoneAsKept(ctx.zoneRules, booking)) };
}

async function askedOf(trx: Trx, { about, change_request_id: id }: Mail) {
  const request = about === "asked" && id !== null ? await changeRequestById(trx, id) : undefined;
  return request?.status ?? null;
}

async function connectionNow(trx: Trx, tutorId: string | null) {
  const row = tutorId === null ? undefined : await connectionOf(trx, tutorId);
  return row ? { provider: row.provider, status: row.connection_status } : null;
}

/** Of a mail to the operator. */
const troubleOf = ({ about_provider: provider, about_trouble: kind }: Mail) =>
  provider !== null && kind !== null ? { provider, kind } : null;

/**
 * Who reads it: the same person at the address that they have now, or the guardian if there still is one. Null where
 * the mail goes to its address whoever that is.
 */
async function readerOf(ctx: Context, trx: Trx, mail: Mail): Promise<Recipient | "nobody" | null> {
  const { about, person_id: personId, to_email: email } = mail;
  if (about === null || about === "confirmation" || personId === null) return null;
  // Only mails in somebody else's name have one; whose they are, the ask says.
  const ask = mail.unsubscribe_url === null ? undefined : await askInMail(trx, mail.id);
  const readers = await readersLike(ctx, trx, personId, ask?.asker_id ?? personId);
  if (mail.unsubscribe_url === null) return readers.find((one) => one.ask === null) ?? "nobody";
  return readers.find((one) => one.email === email && one.ask?.askId === ask?.id) ?? "nobody";
}

/** @param askerId a tutor, where a mail went to an address that they gave */
async function readersLike(ctx: Context, trx: Trx, personId: string, askerId: string) {
  const person = await personById(trx, personId);
  if (person && person.role !== "student") return tutorsMail(ctx, trx, personId);
  return studentsMail(ctx, trx, { tutorId: askerId, studentId: personId });
}

async function drop(trx: Trx, mail: Mail, why: Outdated): Promise<null> {
  await recordMail(trx, mail, { status: "dropped", error_code: why, error_detail: null });
  await eraseMailText(trx, mail.id);
  if (why === "mended") await forget(trx, mail);
  return null;
}

/** Whoever wasn't told of it is told when it comes back. */
async function forget(trx: Trx, mail: Mail) {
  const trouble = troubleOf(mail);
  if (trouble) await forgetTold(trx, trouble);
  if (mail.about_email !== null) await forgetRefused(trx, mail.about_email);
}

async function rewrite(ctx: Context, trx: Trx, mail: Mail, to: Recipient, lessons: LessonNow[]) {
  const sessionIds = lessons.map(({ session_id: id }) => id);
  const sessions = await sessionsByIds(trx, sessionIds);
  const formerOf = ({ id, scheduled_start_at: start }: SessionWithPeople): Date =>
    lessons.find((lesson) => lesson.session_id === id)?.former_start ?? start;
  if (mail.about === "accepted") {
    const bookingId = sessions[0]?.booking_id;
    if (bookingId) await mailAccepted(ctx, trx, to, { bookingId, sessionIds });
  }
  if (mail.about === "zone_agreed" || mail.about === "zone_instant") {
    const keep = mail.about === "zone_agreed" ? "agreed" : "instant";
    const decided = sessions.map((session) => ({ session, before: formerOf(session) }));
    await mailZoneChange(ctx, trx, to, { keep, lessons: decided });
  }
  if (mail.about === "rescheduled") {
    const told = await newestMessage(trx, { saidWith: "reschedule", sessionIds });
    await mailMoved(ctx, trx, to, {
      lessons: sessions.map((session) => ({ session, before: formerOf(session) })),
      message: told?.text ?? null,
    });
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

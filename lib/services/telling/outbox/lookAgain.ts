/**
 * A mail may have waited for long, so before it is sent it is compared with what is so now. One that is no longer
 * true isn't sent; one that is true in part is written again without the rest.
 */
import type { Trx } from "#lib/platform/db.ts";
import { zoneAsKept } from "#lib/platform/zones/wallClock.ts";
import { askInMail } from "#lib/records/asking/queries/links.ts";
import { bookingById } from "#lib/records/bookings/queries.ts";
import { firstStart } from "#lib/records/bookings/rules.ts";
import { linkVersion } from "#lib/records/doors/queries.ts";
import { connectionOf } from "#lib/records/grants/queries.ts";
import { isConfirmationOpen, lessonsInMail } from "#lib/records/mails/queries/about.ts";
import { forgetRefused, isStillRefused } from "#lib/records/mails/queries/refused.ts";
import { eraseMailText, type Mail, readdressMail, recordMail } from "#lib/records/mails/queries.ts";
import { type Facts, type LessonNow, type Outdated, verdictOn } from "#lib/records/mails/rules.ts";
import { forgetTold, isUnderWay } from "#lib/records/operator/queries.ts";
import { isOut } from "#lib/records/outages/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { reminderKindAt } from "#lib/records/reminders/rules.ts";
import { changeRequestById } from "#lib/records/sessions/queries/changeRequests.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import {
  type Kind,
  type Recipient,
  studentsMail,
  tutorsMail,
} from "#lib/services/telling/recipients.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { rewrite } from "./rewrite.ts";

/** @returns the mail as it is to be sent; null if it isn't */
export async function lookAgain(ctx: Context, trx: Trx, mail: Mail): Promise<Mail | null> {
  const facts = await factsOf(ctx, trx, mail);
  const verdict = verdictOn(mail, facts, ctx.clock());
  if (verdict.kind === "drop") return drop(trx, mail, verdict.why);
  const to = await readerOf(ctx, trx, mail, facts.lessons);
  if (to === "nobody") return drop(trx, mail, "unwanted");
  const { lessons } = verdict.kind === "rewrite" ? verdict : facts;
  if (verdict.kind === "rewrite" || (to && (await areLinksOld(trx, mail, to, lessons)))) {
    if (to) await rewrite(ctx, trx, mail, to, lessons);
    return drop(trx, mail, "superseded");
  }
  if (!to || to.email === mail.to_email) return mail;
  await readdressMail(trx, mail.id, to.email);
  return { ...mail, to_email: to.email };
}

async function factsOf(ctx: Context, trx: Trx, mail: Mail): Promise<Facts> {
  const { about, person_id: personId, to_email: email, about_email: refused } = mail;
  const { about_provider: provider } = mail;
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
    connection:
      about === "reconnect" || about === "outage" ? await connectionNow(trx, personId) : null,
    isOut: isOfOutage(about) && provider !== null && (await isOut(trx, provider)),
    isUnderWay: trouble !== null && (await isUnderWay(trx, trouble)),
    isRefused: refused !== null && (await isStillRefused(trx, refused)),
  };
}

const isOfOutage = (about: Mail["about"]): boolean => about === "outage" || about === "outage_over";

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
async function readerOf(
  ctx: Context,
  trx: Trx,
  mail: Mail,
  lessons: LessonNow[],
): Promise<Recipient | "nobody" | null> {
  const { about, person_id: personId, to_email: email } = mail;
  if (about === null || about === "confirmation" || personId === null) return null;
  // Only mails in somebody else's name have one; whose they are, the ask says.
  const ask = mail.unsubscribe_url === null ? undefined : await askInMail(trx, mail.id);
  const readers = await readersLike(ctx, trx, personId, {
    askerId: ask?.asker_id ?? personId,
    kind: await wishOf(trx, mail, lessons),
  });
  if (mail.unsubscribe_url === null) return readers.find((one) => one.ask === null) ?? "nobody";
  const self = readers.find(({ slot }) => slot === "student");
  // A student may have an account by now, which needs no ask.
  if (ask?.kind === "student" && self?.ask === null) return self;
  const at = readers.filter((one) => one.email === email);
  const reader = at.find((one) => one.ask?.askId === ask?.id) ?? at[0];
  if (reader) return reader;
  return about === "called_off" && ask && ask.ended_at !== null ? null : "nobody";
}

/** `askerId`: a tutor, where a mail went to an address that they gave. */
async function readersLike(
  ctx: Context,
  trx: Trx,
  personId: string,
  { askerId, kind }: { askerId: string; kind: Kind | null },
) {
  const person = await personById(trx, personId);
  if (person && person.role !== "student") return tutorsMail(ctx, trx, personId, kind);
  return studentsMail(ctx, trx, { tutorId: askerId, studentId: personId }, kind);
}

/** The wish by which its reader may have switched it off meanwhile. */
async function wishOf(
  trx: Trx,
  { about, created_at: at }: Mail,
  [first]: LessonNow[],
): Promise<Kind | null> {
  if (about === "rooms") return "room_news";
  const session = about === "reminder" && first ? await sessionById(trx, first.session_id) : null;
  return session ? `remind_${reminderKindAt(session.scheduled_start_at, at)}` : null;
}

/** Its reader's links have ended since it was written: whoever has an old one finds only an offer of the new one. */
async function areLinksOld(
  trx: Trx,
  { created_at: writtenAt }: Mail,
  { personId, tutorId, slot }: Recipient,
  lessons: LessonNow[],
): Promise<boolean> {
  if (lessons.length === 0 || slot === null || personId === null) return false;
  const { raisedAt } = await linkVersion(trx, { personId, tutorId, slot });
  return raisedAt !== null && raisedAt > writtenAt;
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

import type { Trx } from "#lib/platform/db.ts";
import type { Mail } from "#lib/records/mails/queries.ts";
import type { LessonNow } from "#lib/records/mails/rules.ts";
import { reminderKindAt } from "#lib/records/reminders/rules.ts";
import { newestMessage } from "#lib/records/sessions/queries/messages.ts";
import { type SessionWithPeople, sessionsByIds } from "#lib/records/sessions/queries.ts";
import { mailAccepted } from "#lib/services/telling/bookingMails.ts";
import { mailLinks } from "#lib/services/telling/linkMail.ts";
import { mailDigest, mailRoomLeft } from "#lib/services/telling/notifyPeople/digestMail.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import { mailReminder } from "#lib/services/telling/remindPeople/reminderMail.ts";
import { mailMoved, mailStays } from "#lib/services/telling/sessionMails.ts";
import { mailZoneChange } from "#lib/services/telling/zoneMails.ts";
import type { Context } from "#lib/services/verb/context.ts";

/** Writes the mail again as it is true now, of those of its lessons that are left. */
export async function rewrite(
  ctx: Context,
  trx: Trx,
  mail: Mail,
  to: Recipient,
  lessons: LessonNow[],
): Promise<void> {
  const sessionIds = lessons.map(({ session_id: id }) => id);
  const sessions = await sessionsByIds(trx, sessionIds);
  const told = ({ id }: SessionWithPeople) => lessons.find((lesson) => lesson.session_id === id);
  const withBefore = sessions.map((session) => ({
    session,
    before: told(session)?.former_start ?? session.scheduled_start_at,
  }));
  const [first] = sessions;
  if (!first) return;
  switch (mail.about) {
    case "accepted":
      return mailAccepted(ctx, trx, to, { bookingId: first.booking_id, sessionIds });
    case "zone_agreed":
    case "zone_instant": {
      const keep = mail.about === "zone_agreed" ? "agreed" : "instant";
      return mailZoneChange(ctx, trx, to, { keep, lessons: withBefore });
    }
    case "rescheduled": {
      const message = await newestMessage(trx, { saidWith: "reschedule", sessionIds });
      return mailMoved(ctx, trx, to, { lessons: withBefore, message: message?.text ?? null });
    }
    case "rooms": {
      const moved = sessions.flatMap((session) => {
        const { from_provider: from, to_provider: to } = told(session) ?? {};
        return from && to ? [{ session, from, to }] : [];
      });
      return mailDigest(ctx, trx, to, moved);
    }
    case "room_left":
      return mailRoomLeft(ctx, trx, to, first);
    case "reminder": {
      const kind = reminderKindAt(first.scheduled_start_at, mail.created_at);
      return mailReminder(ctx, trx, kind, to, first);
    }
    case "time_declined":
      return mail.change_request_id ? mailStays(ctx, trx, to, mail.change_request_id) : undefined;
    case "link":
      return mailLinks(ctx, trx, to, sessions);
  }
}

import { sha256 } from "#lib/platform/crypto.ts";
import { asPerson, asService } from "#lib/platform/db.ts";
import { wordsFor } from "#lib/platform/words.ts";
import { ownerOfFeed } from "#lib/records/calendarFeeds/queries.ts";
import { uidHost } from "#lib/records/installation/queries.ts";
import { personById } from "#lib/records/people/queries.ts";
import { sessionsWithPeopleFrom } from "#lib/records/sessions/queries.ts";
import { linksFor } from "#lib/services/keys/personalLinks.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { lessonCalendar } from "./lessonCalendar.ts";

/**
 * Serves a calendar app that knows somebody's private address, without sign-in: their lessons from a month
 * ago onwards. Cancelled ones are included as cancelled, so that they disappear from calendars that have
 * them.
 * @returns an iCalendar object (RFC 5545)
 * @throws Refusal `not_found` for an address that was never made or is revoked
 */
export async function readCalendarFeed(ctx: Context, token: string): Promise<string> {
  const owner = await asService(ctx.db, async (trx) => {
    const id = await ownerOfFeed(trx, sha256(token));
    if (id === undefined) return undefined;
    await admit(ctx, trx, "feed", id);
    const person = await personById(trx, id);
    if (!person) return undefined;
    const side = person.role === "tutor" ? ("tutor" as const) : ("student" as const);
    const slot = side === "student" ? side : null;
    const linkOf = await linksFor(ctx, trx, { personId: id, tutorId: null, slot });
    return { ...person, side, linkOf, uidHost: await uidHost(trx) };
  });
  if (!owner) throw notFound("calendar");
  const now = Temporal.Instant.fromEpochMilliseconds(ctx.clock().getTime());
  const since = now.toZonedDateTimeISO("UTC").subtract({ months: 1 });
  const lessons = await asPerson(ctx.db, { personId: owner.id }, (trx) =>
    sessionsWithPeopleFrom(trx, new Date(since.epochMilliseconds)),
  );
  const name = wordsFor(owner.language, "mails.calendar")("feed");
  return lessonCalendar({ ...ctx, uidHost: owner.uidHost }, "PUBLISH", owner, lessons, name);
}

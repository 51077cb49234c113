/** What a letter says that it is about, so that it can be looked at again before it is sent. */
import { latest } from "#lib/platform/clock.ts";
import type { About, LessonTold, MailKind } from "#lib/records/mails/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";

type Told = Pick<Session, "id" | "revision" | "scheduled_end_at">;

/** A mail that is news for as long as these lessons are as it says. `more`: what else it says of each. */
export const ofLessons = (
  kind: MailKind,
  { personId }: Pick<Recipient, "personId">,
  lessons: Told[],
  more: Partial<Omit<LessonTold, "session_id" | "revision">>[] = [],
): About => ({
  kind,
  personId,
  validUntil: latest(...lessons.map(({ scheduled_end_at: end }) => end)),
  lessons: lessons.map(({ id, revision }, at) => ({
    from_provider: null,
    to_provider: null,
    former_start: null,
    ...more[at],
    session_id: id,
    revision,
  })),
});

/** A mail that a lesson, or a request for some, is off for good; it has to leave calendars until its time. */
export const calledOff = ({ personId }: Pick<Recipient, "personId">, until: Date): About => ({
  kind: "called_off",
  personId,
  validUntil: until,
});

/** A mail that is true until somebody has mended what it is about. */
export const amiss = (
  kind: "reconnect" | "operator" | "refused",
  { personId }: Pick<Recipient, "personId">,
  what: Pick<About, "provider" | "trouble" | "email">,
): About => ({ kind, personId, validUntil: null, ...what });

/** A mail about what can't be undone; `until`: when nobody wants to know it any more. */
export const staysTrue = (
  { personId }: Pick<Recipient, "personId">,
  until: Date | null = null,
): About => ({ kind: null, personId, validUntil: until });

/** Who gets a mail: the person, and for a student's lessons also the guardian who has agreed to copies. */
import type { Trx } from "#lib/platform/db.ts";
import { type Zone, zoneOrUtc } from "#lib/platform/zones/zoneRules.ts";
import { preferencesOf } from "#lib/records/people/queries/preferences.ts";
import { personById } from "#lib/records/people/queries.ts";
import { defaultPreferences } from "#lib/records/people/rules.ts";
import type { Side } from "#lib/records/sessions/rules.ts";
import type { Question } from "#lib/services/asking/answerLink.ts";
import { agreedAddress } from "#lib/services/asking/standing.ts";
import { type LinkOf, linksFor } from "#lib/services/keys/personalLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";

export interface Recipient {
  /** Whose news they get: on a guardian's copy the student's id. Null where nobody has an account. */
  personId: string | null;
  email: string;
  /** Null if only the address is known. */
  name: string | null;
  language: string;
  timeZone: Zone;
  side: Side;
  /** On a guardian's copy, the name of the student it belongs to. */
  copyOf: string | null;
  /** The door of a lesson, for this reader. */
  linkOf: LinkOf;
  /** Set if the mail goes there in somebody else's name: what it agreed to, or is asked. */
  ask: Pick<Question, "askId" | "mailboxHash"> | null;
}

/** The kinds of mail that people may switch off. */
export type Kind = "remind_day" | "remind_hour" | "room_news";

/** The person alone, without a guardian. */
export async function accountOf(ctx: Context, trx: Trx, personId: string): Promise<Recipient> {
  const person = await personById(trx, personId);
  if (!person) throw new Error(`Nobody is ${personId}`);
  const side = person.role === "student" ? "student" : "tutor";
  return {
    personId: person.id,
    email: person.email,
    name: person.name,
    language: person.language,
    timeZone: zoneOrUtc(ctx.zoneRules, person.time_zone),
    side,
    copyOf: null,
    linkOf: await linksFor(ctx, trx, { personId, side, copyOf: null }),
    ask: null,
  };
}

/** Returns nobody if they don't want mails of this kind. A `kind` of null is a mail that everybody gets. */
export async function recipientsOf(
  ctx: Context,
  trx: Trx,
  personId: string,
  kind: Kind | null = null,
): Promise<Recipient[]> {
  const self = await accountOf(ctx, trx, personId);
  const preferences = (await preferencesOf(trx, personId)) ?? defaultPreferences(self.side);
  if (kind !== null && !preferences[kind]) return [];
  const guardian = await agreedAddress(ctx, trx, personId, "guardian");
  if (!guardian) return [self];
  const { email, ...ask } = guardian;
  const copy = { ...self, email, name: null, copyOf: self.name, ask };
  return [self, { ...copy, linkOf: await linksFor(ctx, trx, copy) }];
}

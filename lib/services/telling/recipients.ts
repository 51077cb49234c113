/** Who gets a mail: the person, and for a student's lessons the guardian whose address they gave. */
import type { Trx } from "#lib/platform/db.ts";
import { preferencesOf } from "#lib/records/people/queries/preferences.ts";
import { personById } from "#lib/records/people/queries.ts";
import { defaultPreferences } from "#lib/records/people/rules.ts";
import type { Side } from "#lib/records/sessions/rules.ts";

export interface Recipient {
  email: string;
  /** Null: known by their address alone. */
  name: string | null;
  language: string;
  /** IANA. */
  timeZone: string;
  side: Side;
  /** Whose copy it is: the name of the student that a guardian belongs to. */
  copyOf: string | null;
}

/** What somebody may do without. */
export type Kind = "remind_day" | "remind_hour" | "room_news";

/** The person alone. */
export async function accountOf(trx: Trx, personId: string): Promise<Recipient> {
  const person = await personById(trx, personId);
  if (!person) throw new Error(`Nobody is ${personId}`);
  return {
    email: person.email,
    name: person.name,
    language: person.language,
    timeZone: person.time_zone,
    side: person.role === "student" ? "student" : "tutor",
    copyOf: null,
  };
}

/** Nobody where they don't want mails of this kind; `kind` null: everybody gets it. */
export async function recipientsOf(
  trx: Trx,
  personId: string,
  kind: Kind | null = null,
): Promise<Recipient[]> {
  const self = await accountOf(trx, personId);
  const preferences = (await preferencesOf(trx, personId)) ?? defaultPreferences(self.side);
  if (kind !== null && !preferences[kind]) return [];
  if (!preferences.guardian_email) return [self];
  return [self, { ...self, email: preferences.guardian_email, name: null, copyOf: self.name }];
}

/** Which mails people want. */
import type { Insertable, Updateable } from "kysely";
import type { MailPreferences } from "#lib/platform/database.types.ts";
import type { Queryable, Trx } from "#lib/platform/db.ts";
import type { Preferences } from "#lib/records/people/rules.ts";

const columns = ["remind_day", "remind_hour", "room_news"] as const;

export const preferencesOf = (q: Queryable, personId: string): Promise<Preferences | undefined> =>
  q
    .selectFrom("mail_preferences")
    .select(columns)
    .where("person_id", "=", personId)
    .executeTakeFirst();

/** Updates only the columns of `change` in an existing row, so that two concurrent changes both stay. */
export const storePreferences = (
  trx: Trx,
  row: Insertable<MailPreferences>,
  change: Updateable<MailPreferences>,
): Promise<Preferences> =>
  trx
    .insertInto("mail_preferences")
    .values({ ...row, ...change })
    .onConflict((conflict) => conflict.column("person_id").doUpdateSet(change))
    .returning(columns)
    .executeTakeFirstOrThrow();

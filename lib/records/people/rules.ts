/** What holds of a person who never chose. */
import type { Selectable } from "kysely";
import type { MailPreferences } from "#lib/platform/database.types.ts";

export type Preferences = Omit<Selectable<MailPreferences>, "person_id" | "updated_at">;

/** Of those who never chose: a tutor's day is full of lessons that nobody need be reminded of. */
export const defaultPreferences = (role: string): Preferences => ({
  remind_day: role === "student",
  remind_hour: role === "student",
  room_news: true,
  guardian_email: null,
});

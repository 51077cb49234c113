/** The preferences of a person who never chose any. */
import type { Selectable } from "kysely";
import type { MailPreferences } from "#lib/platform/database.types.ts";

export type Preferences = Omit<Selectable<MailPreferences>, "person_id" | "updated_at">;

/** A tutor's day is full of lessons, so tutors aren't reminded unless they choose to be. */
export const defaultPreferences = (role: string): Preferences => ({
  remind_day: role === "student",
  remind_hour: role === "student",
  room_news: true,
});

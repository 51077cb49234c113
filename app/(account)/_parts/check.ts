import type { Messages } from "#lib/platform/words.ts";

/** A key of the catalog's `account.missing`. */
export type Missing = keyof Messages["account"]["missing"];

/** What is wrong with each input, or null. */
export const check = {
  name: (value: string): Missing | null => (value.trim() === "" ? "name" : null),
  email(value: string): Missing | null {
    if (value.trim() === "") return "email";
    return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value.trim()) ? null : "emailShape";
  },
  password: (value: string): Missing | null => (value === "" ? "password" : null),
  newPassword: (value: string): Missing | null => (value.length < 10 ? "passwordShort" : null),
  timeZone: (value: string | null): Missing | null => (value ? null : "timeZone"),
};

/** The input that better-auth's code is about. Any other code is about the whole form. */
const fieldsByCode: Record<string, string | undefined> = {
  INVALID_EMAIL_OR_PASSWORD: "password",
  USER_ALREADY_EXISTS: "email",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "email",
};

export const fieldOf = (problem: { code: string; field: string | null }): string | null =>
  problem.field ?? fieldsByCode[problem.code] ?? null;

import { accountWords } from "#components/words/account.ts";

const words = accountWords.missing;

/** What is wrong with an input in the words that stand below it, or null. */
export const check = {
  name: (value: string): string | null => (value.trim() === "" ? words.name : null),
  email(value: string): string | null {
    if (value.trim() === "") return words.email;
    return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value.trim()) ? null : words.emailShape;
  },
  password: (value: string): string | null => (value === "" ? words.password : null),
  newPassword: (value: string): string | null => (value.length < 8 ? words.passwordShort : null),
  timeZone: (value: string | null): string | null => (value ? null : words.timeZone),
};

/** Which input better-auth means by its code; anything else is about the whole form. */
const fieldsByCode: Record<string, string | undefined> = {
  INVALID_EMAIL_OR_PASSWORD: "password",
  INVALID_EMAIL: "email",
  USER_ALREADY_EXISTS: "email",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "email",
  PASSWORD_TOO_SHORT: "password",
  PASSWORD_TOO_LONG: "password",
};

export const fieldOf = (problem: { code: string; field: string | null }): string | null =>
  problem.field ?? fieldsByCode[problem.code] ?? null;

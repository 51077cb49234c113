import { DEFAULT_LANGUAGE, type Messages, wordsFor } from "#lib/platform/words.ts";

/**
 * The reasons why a verb refuses: one closed set of codes, each with its HTTP status. The sentence for people
 * comes from the catalog, and is the same on the page and in problem+json.
 */
export const refusals = {
  not_signed_in: 401,
  not_allowed: 403,
  foreign_origin: 403,
  address_unconfirmed: 403,
  not_found: 404,
  method_not_allowed: 405,
  invalid_input: 400,
  too_large: 413,
  no_video_provider: 400,
  overlap: 409,
  in_the_past: 400,
  wrong_state: 409,
  account_in_use: 409,
  too_late: 409,
  too_early: 425,
  too_many: 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusals;

type RefusalWords = ReturnType<typeof wordsFor<"refusals">>;
export type RefusalKey = Parameters<RefusalWords>[0];
type Values = Record<string, string | number>;

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly key: RefusalKey;
  readonly values: Values;
  /** The input field at fault, if there is one. */
  readonly field: string | undefined;

  /** `key` names the sentence in the catalog's `refusals`; the values fill its braces. */
  constructor(
    code: RefusalCode,
    key: RefusalKey,
    { field, ...values }: Values & { field?: string } = {},
  ) {
    super(named(DEFAULT_LANGUAGE, key, values, field));
    this.code = code;
    this.key = key;
    this.values = values;
    this.field = field;
  }

  get status(): number {
    return refusals[this.code];
  }

  /** When the same can be asked for again; null where waiting doesn't help. */
  get retryAfterSeconds(): number | null {
    return typeof this.values.waitSeconds === "number" ? this.values.waitSeconds : null;
  }

  /** Returns the sentence in the reader's language; `message` itself is in English. */
  inLanguage(language: string): string {
    return named(language, this.key, this.values, this.field);
  }

  /** Returns the same sentence for a place that already shows which field it is about. */
  atField(language: string): string {
    return wordsFor(language, "refusals")(this.key, withWait(language, this.values));
  }
}

/** A sentence that fits any input doesn't say which field it is about, so the field's name is added. */
function named(language: string, key: RefusalKey, values: Values, field?: string): string {
  const words = wordsFor(language, "refusals");
  const said = words(key, withWait(language, values));
  return field && key.startsWith("input.") ? words("input.named", { field, said }) : said;
}

/** A sentence that tells people to wait says how long, in words, as `{wait}`. */
function withWait(language: string, values: Values): Values {
  const { waitSeconds } = values;
  if (typeof waitSeconds !== "number") return values;
  const units = { days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };
  const isFit = (unit: keyof typeof units) => waitSeconds > 1.5 * units[unit];
  const unit = (["days", "hours", "minutes"] as const).find(isFit) ?? "seconds";
  const amount = Math.ceil(waitSeconds / units[unit]);
  return { ...values, wait: wordsFor(language, "refusals")(`wait.${unit}`, { amount }) };
}

/** Asked for too often: says what, and when it can be asked for again. */
export const tooMany = (
  what: keyof Messages["refusals"]["tooMany"],
  waitSeconds: number,
  values: Values = {},
) =>
  new Refusal("too_many", `tooMany.${what}`, { waitSeconds: Math.max(1, waitSeconds), ...values });

/** For what an account begins only once its mailbox has answered. @throws Refusal `address_unconfirmed` */
export function requireConfirmed({ isConfirmed }: { isConfirmed: boolean }): void {
  if (!isConfirmed) throw new Refusal("address_unconfirmed", "addressUnconfirmed");
}

/** What somebody may have asked for that doesn't exist. */
export type Nameable = keyof Messages["refusals"]["notFound"];

export const notFound = (what: Nameable) => new Refusal("not_found", `notFound.${what}`);

export const noVideoProvider = () => new Refusal("no_video_provider", "noVideoProvider");

/** For the tutor, who may know which lesson of theirs is in the way. */
export const overlapsLesson = (
  met: { subject: string; student_name: string; scheduled_start_at: Date },
  field: "startsAt" | "startsAtLocal",
) =>
  new Refusal("overlap", "overlapsLesson", {
    subject: met.subject,
    student: met.student_name,
    at: met.scheduled_start_at.toISOString(),
    field,
  });

/**
 * @param field the one that named the time
 * @param at of several asked lessons the one that the tutor has no time for
 */
export const overlap = (field: "startsAt" | "startsAtLocal" = "startsAt", at?: Date) =>
  at
    ? new Refusal("overlap", "overlapAt", { field, at: at.toISOString() })
    : new Refusal("overlap", "overlap", { field });

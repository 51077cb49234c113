/**
 * Why a verb refuses: the one closed set of codes, each with its HTTP status. The message is made for
 * people and stands in the page and in the problem+json alike.
 */
export const refusals = {
  not_signed_in: 401,
  not_allowed: 403,
  not_found: 404,
  invalid_input: 400,
  no_video_provider: 400,
  overlap: 409,
  in_the_past: 400,
  wrong_state: 409,
  account_in_use: 409,
  rate_limited: 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusals;

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  /** The input field at fault, where there is one. */
  readonly field: string | undefined;

  constructor(code: RefusalCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }

  get status(): number {
    return refusals[this.code];
  }
}

export const notFound = (what: string) => new Refusal("not_found", `There is no such ${what}.`);
export const noVideoProvider = () =>
  new Refusal("no_video_provider", "No video provider connected");

export const overlap = () =>
  new Refusal("overlap", "The tutor already has a lesson at this time.", "startsAt");

/** Sentences for codes whose answer has none made for this page; any other code brings its own. */
export const problemWords: Record<string, string | undefined> = {
  offline: "Segue can’t be reached right now. Check your connection and try again.",
  unknown: "That didn’t work. Try again in a moment; nothing has been changed.",
  http_429: "Too many tries in a short time. Wait a minute and try again.",
  http_502: "Segue is just restarting. Try again in a moment.",
  http_503: "Segue is just restarting. Try again in a moment.",

  // better-auth
  INVALID_EMAIL_OR_PASSWORD: "Email and password don’t match. Check both and try again.",
  INVALID_EMAIL: "This doesn’t look like an email address.",
  USER_ALREADY_EXISTS: "There is an account with this email already. Sign in instead.",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL:
    "There is an account with this email already. Sign in instead.",
  PASSWORD_TOO_SHORT: "Choose a password of at least 8 characters.",
  PASSWORD_TOO_LONG: "Choose a password of at most 128 characters.",
  INVALID_TOKEN: "This link has been used or is too old. Ask for a new one.",
};

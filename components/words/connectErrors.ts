const untouched = "Your previous connection and all links are untouched.";

/** For `?error=<code>` after a consent that came to nothing: what happened, what still holds, what to do. */
const sentences: Record<string, string | undefined> = {
  access_denied: `You didn’t give Segue access. ${untouched} Start again when you want to.`,
  state_expired: `Connecting took longer than ten minutes, so it was stopped for safety. ${untouched} Start again.`,
  state_mismatch: `This answer had been used already or belongs to another browser, so it was refused for safety. ${untouched} Start again in this browser.`,
  scope_missing: `Segue was not allowed to create meetings in that account. ${untouched} Start again and leave every permission ticked.`,
  account_in_use: `That account is already connected by another tutor, and connecting it twice would cut them off. ${untouched} Use another account, or ask them to disconnect first.`,
  provider_unavailable: `The provider can’t be reached right now. ${untouched} Try again in a few minutes.`,
  exchange_failed: `The provider didn’t confirm the connection. ${untouched} Start again; if it stays like this, tell whoever runs your Segue.`,
  not_configured: `This installation has no credentials for that provider. ${untouched} Tell whoever runs your Segue.`,
  not_signed_in: `You were signed out before the provider answered. ${untouched} You are signed in now: start again.`,
};

export const connectError = (code: string): string =>
  sentences[code] ?? `Connecting didn’t work. ${untouched} Start again.`;

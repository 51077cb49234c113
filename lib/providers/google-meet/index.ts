import type { Config } from "#lib/platform/config.ts";
import {
  createEvent,
  deleteEvent,
  findEvent,
  getEvent,
  updateEvent,
} from "#lib/providers/google-meet/events.ts";
import { limits } from "#lib/providers/google-meet/limits.ts";
import { listMarked } from "#lib/providers/google-meet/list.ts";
import {
  accountOf,
  authorizationUrl,
  permissions,
  revoke,
  scopes,
  tokenEndpoint,
} from "#lib/providers/google-meet/oauth.ts";
import {
  type GoogleSettings,
  linkDomains,
  TITLE_LENGTH,
} from "#lib/providers/google-meet/settings.ts";
import { reach } from "#lib/providers/http.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import { exchangeCode, refreshTokens } from "#lib/providers/tokens.ts";

export const googleMeet = {
  id: "google_meet",
  label: "Google Meet",
  linkDomains,
  // A room's code, or the nickname that a Workspace account may give it. The stand-in puts both below /meet.
  roomPath: /^(\/meet)?\/([a-z]{3}-[a-z]{4}-[a-z]{3}|lookup\/[\w-]{1,60})$/,
  roomParameters: [],
  roomExamples: ["https://meet.google.com/abc-defg-hij"],
  apiUrl: (config: Pick<Config, "google">) => config.google.apiUrl,
  /** Null without credentials. */
  create(
    { google }: Pick<Config, "google">,
    means: Pick<GoogleSettings, "clock" | "deadline">,
  ): VideoProvider | null {
    const { credentials } = google;
    return credentials && createGoogleMeet({ ...google, credentials, ...means });
  },
} as const;

function createGoogleMeet(google: GoogleSettings): VideoProvider {
  const tokens = tokenEndpoint(google);
  return {
    id: googleMeet.id,
    label: googleMeet.label,
    budget: {
      concurrency: 4,
      titleLength: TITLE_LENGTH,
      limits: () => limits,
      longestMinutes: () => null,
    },
    requiredScopes: scopes,
    permissions,
    lookupDelays: [],
    oneGrantPerAccount: false,
    revokesWholeAccount: true,
    authorizationUrl: (input) => authorizationUrl(google, input),
    exchangeCode: (input) => exchangeCode(tokens, input),
    refresh: (refreshToken) => refreshTokens(tokens, refreshToken),
    revoke: (token) => revoke(google, token),
    account: async (granted) => accountOf(granted),
    reach: () =>
      reach(new URL(`${google.apiUrl}/calendar/v3/calendars/primary/events`), google.deadline()),
    createMeeting: (grant, request) => createEvent(google, grant, request),
    findMeeting: (grant, of) => findEvent(google, grant, of),
    listMarked: (grant, of, place) => listMarked(google, grant, of, place),
    getMeeting: (grant, externalId) => getEvent(google, grant, externalId),
    updateMeeting: (grant, externalId, times) => updateEvent(google, grant, externalId, times),
    deleteMeeting: (grant, externalId) => deleteEvent(google, grant, externalId),
    licence: null,
    // Without `authuser`, a browser that is signed in to several accounts enters as the first one and waits
    // as a guest.
    hostLink: async (grant, { joinUrl }) => {
      const link = new URL(joinUrl);
      link.searchParams.set("authuser", grant.account.email);
      return link.toString();
    },
  };
}

import type { Config } from "#lib/platform/config.ts";
import { reach } from "#lib/providers/http.ts";
import type { VideoProvider } from "#lib/providers/provider.ts";
import { exchangeCode, refreshTokens } from "#lib/providers/tokens.ts";
import { limitsOf, longestMinutesOf } from "#lib/providers/zoom/limits.ts";
import { listMarked } from "#lib/providers/zoom/list.ts";
import { lookupDelays } from "#lib/providers/zoom/lookupDelays.ts";
import {
  createMeeting,
  deleteMeeting,
  findMeeting,
  getMeeting,
  hostLink,
  updateMeeting,
} from "#lib/providers/zoom/meetings.ts";
import {
  account,
  authorizationUrl,
  licenceOf,
  permissions,
  revoke,
  scopes,
  tokenEndpoint,
} from "#lib/providers/zoom/oauth.ts";
import {
  linkDomains,
  roomParameters,
  TITLE_LENGTH,
  type ZoomSettings,
} from "#lib/providers/zoom/settings.ts";

export const zoom = {
  id: "zoom",
  label: "Zoom",
  linkDomains,
  // A meeting, a webinar, a personal room by its name, or the web client. The host's start links (/s/) are left
  // out: whoever holds one is the host. The stand-in puts all below /zoom.
  roomPath: /^(\/zoom)?\/((j|w|wc\/join)\/\d{1,20}|wc\/\d{1,20}\/join|my\/[\w.-]{1,60})$/,
  roomParameters,
  roomExamples: ["https://zoom.us/j/12345678901", "https://zoom.us/my/name"],
  apiUrl: (config: Pick<Config, "zoom">) => config.zoom.apiUrl,
  /** Null without credentials. */
  create(
    config: Pick<Config, "zoom">,
    means: Pick<ZoomSettings, "clock" | "deadline">,
  ): VideoProvider | null {
    const { credentials } = config.zoom;
    return credentials && createZoom({ ...config.zoom, credentials, ...means });
  },
} as const;

function createZoom(settings: ZoomSettings): VideoProvider {
  const tokens = tokenEndpoint(settings);
  return {
    id: zoom.id,
    label: zoom.label,
    // Too many concurrent calls for one user cause a 429, whatever the limits per second say.
    budget: {
      concurrency: 3,
      titleLength: TITLE_LENGTH,
      limits: (plan) => limitsOf(plan, settings.plan),
      longestMinutes: (plan, licence) => longestMinutesOf(plan, settings.plan, licence),
    },
    requiredScopes: scopes,
    permissions,
    lookupDelays,
    oneGrantPerAccount: true,
    revokesWholeAccount: false,
    authorizationUrl: (input) => authorizationUrl(settings, input),
    exchangeCode: (input) => exchangeCode(tokens, input),
    refresh: (refreshToken) => refreshTokens(tokens, refreshToken),
    revoke: (token) => revoke(settings, token),
    account: (granted) => account(settings, granted.accessToken),
    reach: () => reach(new URL(`${settings.apiUrl}/users/me`), settings.deadline()),
    createMeeting: (grant, request) => createMeeting(settings, grant, request),
    findMeeting: (grant, of, place) => findMeeting(settings, grant, of, place),
    listMarked: (grant, of, place) => listMarked(settings, grant, of, place),
    getMeeting: (grant, externalId) => getMeeting(settings, grant, externalId),
    updateMeeting: (grant, externalId, times) => updateMeeting(settings, grant, externalId, times),
    deleteMeeting: (grant, externalId) => deleteMeeting(settings, grant, externalId),
    licence: (grant) => licenceOf(settings, grant.accessToken),
    hostLink: (grant, { externalId }) => hostLink(settings, grant, externalId),
  };
}

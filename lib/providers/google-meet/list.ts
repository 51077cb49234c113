import {
  carriesKey,
  type EventAnswer,
  eventsAnswer,
  isCancelled,
  startOf,
} from "#lib/providers/google-meet/answers.ts";
import { apiErrorOf } from "#lib/providers/google-meet/errors.ts";
import { eventsUrl } from "#lib/providers/google-meet/events.ts";
import type { GoogleSettings } from "#lib/providers/google-meet/settings.ts";
import { apiCall, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import type { GrantAccess, MarkedMeeting } from "#lib/providers/provider.ts";
import { utc } from "#lib/providers/wire.ts";

/** The most that Calendar's `events.list` gives in one page. */
const PAGE = "2500";

/**
 * An event of ours has its key for its id. A copy that its owner makes of one takes the private
 * properties along under an id of its own, and so does a single date of one made to repeat: theirs.
 */
export async function listMarked(
  google: GoogleSettings,
  grant: GrantAccess,
  of: { installationId: string; from: Date },
): Promise<MarkedMeeting[]> {
  const { installationId, from } = of;
  const deadline = google.deadline();
  const found: MarkedMeeting[] = [];
  let pageToken: string | undefined;
  do {
    const url = eventsUrl(google);
    url.searchParams.set("privateExtendedProperty", `segueInstallation=${installationId}`);
    // Compared with the end by Google, so it leaves out less than `from` does.
    url.searchParams.set("timeMin", utc(from));
    url.searchParams.set("maxResults", PAGE);
    if (pageToken) url.searchParams.set("pageToken", pageToken);
    const { accessToken } = grant;
    const answer = await apiCall({ method: "GET", url, accessToken, deadline });
    if (!isSuccess(answer)) throw apiErrorOf(answer, "read", google.clock());
    const page = parseAnswer(eventsAnswer, answer);
    for (const event of page.items) {
      if (isOurs(event, installationId) && !(startOf(event) < from)) {
        found.push({ externalId: event.id, key: event.id, createdAt: null });
      }
    }
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}

const isOurs = (
  event: Pick<EventAnswer, "id" | "status" | "extendedProperties">,
  installationId: string,
): boolean => !isCancelled(event) && carriesKey(event, { key: event.id, installationId });

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
import { pagesOf } from "#lib/providers/pages.ts";
import type { GrantAccess, MarkedMeeting } from "#lib/providers/provider.ts";
import { utc } from "#lib/providers/wire.ts";

/** The largest page that Calendar's `events.list` returns. */
const PAGE = "2500";

/**
 * An event of ours has its key as its id. When the calendar's owner copies one, the copy keeps the private
 * properties under an id of its own. The same holds for a single date of an event that was made to repeat.
 * Both belong to the owner, not to us.
 */
export async function listMarked(
  google: GoogleSettings,
  grant: GrantAccess,
  of: { installationId: string; from: Date },
): Promise<MarkedMeeting[]> {
  const { installationId, from } = of;
  const deadline = google.deadline();
  const found: MarkedMeeting[] = [];
  const ask = async (pageToken: string) => {
    const url = eventsUrl(google);
    url.searchParams.set("privateExtendedProperty", `segueInstallation=${installationId}`);
    // Google compares this with the event's end, so it excludes fewer events than `from` does.
    url.searchParams.set("timeMin", utc(from));
    url.searchParams.set("maxResults", PAGE);
    if (pageToken) url.searchParams.set("pageToken", pageToken);
    const { accessToken } = grant;
    const answer = await apiCall({ method: "GET", url, accessToken, deadline });
    if (!isSuccess(answer)) throw apiErrorOf(answer, "read", google.clock());
    return parseAnswer(eventsAnswer, answer);
  };
  for await (const page of pagesOf(ask, (page) => page.nextPageToken)) {
    for (const event of page.items ?? []) {
      if (isOurs(event, installationId) && !(startOf(event) < from)) {
        found.push({ externalId: event.id, key: event.id, createdAt: null });
      }
    }
  }
  return found;
}

const isOurs = (
  event: Pick<EventAnswer, "id" | "status" | "extendedProperties">,
  installationId: string,
): boolean => !isCancelled(event) && carriesKey(event, { key: event.id, installationId });

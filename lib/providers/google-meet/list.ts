import {
  carriesKey,
  type EventAnswer,
  eventsAnswer,
  isCancelled,
  listedEvent,
  startOf,
} from "#lib/providers/google-meet/answers.ts";
import { apiErrorOf } from "#lib/providers/google-meet/errors.ts";
import { eventsUrl } from "#lib/providers/google-meet/events.ts";
import type { GoogleSettings } from "#lib/providers/google-meet/settings.ts";
import { apiCall, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import { placeAfter, placeFrom, readEntries } from "#lib/providers/pages.ts";
import type { GrantAccess, MarkedMeeting, Page } from "#lib/providers/provider.ts";
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
  kept: string | null,
): Promise<Page<MarkedMeeting[]>> {
  const { installationId, from } = of;
  const place = placeFrom(kept);
  const url = eventsUrl(google);
  url.searchParams.set("privateExtendedProperty", `segueInstallation=${installationId}`);
  // Google compares this with the event's end, so it excludes fewer events than `from` does.
  url.searchParams.set("timeMin", utc(from));
  url.searchParams.set("maxResults", PAGE);
  if (place.token) url.searchParams.set("pageToken", place.token);
  const { accessToken } = grant;
  const answer = await apiCall({ method: "GET", url, accessToken, deadline: google.deadline() });
  if (!isSuccess(answer)) throw apiErrorOf(answer, "read", google.clock());
  const page = parseAnswer(eventsAnswer, answer);
  const { read, unreadable } = readEntries(listedEvent, page.items ?? []);
  if (unreadable.length > 0) grant.sawUnreadable?.(unreadable.length);
  const ours = read.filter((event) => isOurs(event, installationId) && !(startOf(event) < from));
  return {
    here: ours.map(({ id }) => ({ externalId: id, key: id, createdAt: null })),
    next: placeAfter(place, page.nextPageToken, 1),
  };
}

const isOurs = (
  event: Pick<EventAnswer, "id" | "status" | "extendedProperties">,
  installationId: string,
): boolean => !isCancelled(event) && carriesKey(event, { key: event.id, installationId });

/** The lists of a tutor's Zoom meetings, which include the tutor's own. */
import { apiCall, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import { placeAfter, placeFrom, readEntries } from "#lib/providers/pages.ts";
import type { GrantAccess, MarkedMeeting, Page } from "#lib/providers/provider.ts";
import { type ListedMeeting, listAnswer, listedMeeting } from "#lib/providers/zoom/answers.ts";
import { apiErrorOf } from "#lib/providers/zoom/errors.ts";
import { notePlan } from "#lib/providers/zoom/limits.ts";
import { markedKey } from "#lib/providers/zoom/marker.ts";
import type { ZoomSettings } from "#lib/providers/zoom/settings.ts";

const types = ["scheduled", "upcoming"] as const;

/** A meeting may stand in both lists. */
export async function listedPage(
  zoom: ZoomSettings,
  grant: GrantAccess,
  kept: string | null,
  deadline: AbortSignal,
): Promise<Page<ListedMeeting[]> & { unreadable: unknown[] }> {
  const place = placeFrom(kept);
  const url = new URL(`${zoom.apiUrl}/users/me/meetings`);
  const type = types[place.list] ?? types[0];
  url.search = new URLSearchParams({ type, page_size: "300" }).toString();
  if (place.token) url.searchParams.set("next_page_token", place.token);
  const { accessToken } = grant;
  const answer = await apiCall({ method: "GET", url, accessToken, deadline });
  notePlan(grant, answer);
  if (!isSuccess(answer)) throw apiErrorOf(answer, "account", zoom.clock());
  const page = parseAnswer(listAnswer, answer);
  const { read, unreadable } = readEntries(listedMeeting, page.meetings);
  if (unreadable.length > 0) grant.sawUnreadable?.(unreadable.length);
  return { here: read, unreadable, next: placeAfter(place, page.next_page_token, types.length) };
}

export async function listMarked(
  zoom: ZoomSettings,
  grant: GrantAccess,
  of: { installationId: string; from: Date },
  place: string | null,
): Promise<Page<MarkedMeeting[]>> {
  const { here, next } = await listedPage(zoom, grant, place, zoom.deadline());
  const found = here.flatMap(({ id, agenda, start_time, created_at: createdAt }) => {
    const key = markedKey(agenda, of.installationId);
    // A meeting without a time, such as a recurring one without fixed times, can be entered at any time.
    const isPast = start_time ? new Date(start_time) < of.from : false;
    return key !== null && !isPast ? [{ externalId: id, key, createdAt }] : [];
  });
  return { here: found, next };
}

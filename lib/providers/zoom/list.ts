/** The lists of a tutor's Zoom meetings, which include the tutor's own. */
import { apiCall, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import { pagesOf } from "#lib/providers/pages.ts";
import type { GrantAccess, MarkedMeeting } from "#lib/providers/provider.ts";
import { type ListedMeeting, listAnswer } from "#lib/providers/zoom/answers.ts";
import { apiErrorOf } from "#lib/providers/zoom/errors.ts";
import { notePlan } from "#lib/providers/zoom/limits.ts";
import { markedKey } from "#lib/providers/zoom/marker.ts";
import type { ZoomSettings } from "#lib/providers/zoom/settings.ts";

/** Fetches page after page, but only as far as the caller reads. A meeting may be returned more than once. */
export async function* listedMeetings(
  zoom: ZoomSettings,
  grant: GrantAccess,
  deadline: AbortSignal,
): AsyncGenerator<ListedMeeting> {
  for (const type of ["scheduled", "upcoming"]) {
    const ask = async (pageToken: string) => {
      const url = new URL(`${zoom.apiUrl}/users/me/meetings`);
      url.search = new URLSearchParams({ type, page_size: "300" }).toString();
      if (pageToken) url.searchParams.set("next_page_token", pageToken);
      const { accessToken } = grant;
      const answer = await apiCall({ method: "GET", url, accessToken, deadline });
      notePlan(grant, answer);
      if (!isSuccess(answer)) throw apiErrorOf(answer, "account", zoom.clock());
      return parseAnswer(listAnswer, answer);
    };
    for await (const page of pagesOf(ask, (page) => page.next_page_token)) yield* page.meetings;
  }
}

export async function listMarked(
  zoom: ZoomSettings,
  grant: GrantAccess,
  of: { installationId: string; from: Date },
): Promise<MarkedMeeting[]> {
  const found = new Map<string, MarkedMeeting>();
  for await (const meeting of listedMeetings(zoom, grant, zoom.deadline())) {
    const { id, agenda, start_time, created_at: createdAt } = meeting;
    const key = markedKey(agenda, of.installationId);
    // A meeting without a time, such as a recurring one without fixed times, can be entered at any time.
    const isPast = start_time ? new Date(start_time) < of.from : false;
    if (key !== null && !isPast) found.set(id, { externalId: id, key, createdAt });
  }
  return [...found.values()];
}

/** The lists of a tutor's Zoom meetings, their own among them. */
import { apiCall, isSuccess, parseAnswer } from "#lib/providers/http.ts";
import type { GrantAccess, MarkedMeeting } from "#lib/providers/provider.ts";
import { type ListedMeeting, listAnswer } from "#lib/providers/zoom/answers.ts";
import { apiErrorOf } from "#lib/providers/zoom/errors.ts";
import { notePlan } from "#lib/providers/zoom/limits.ts";
import { markedKey } from "#lib/providers/zoom/marker.ts";
import type { ZoomSettings } from "#lib/providers/zoom/settings.ts";

/** Page after page, asked for only as far as the caller reads. A meeting may come more than once. */
export async function* listedMeetings(
  zoom: ZoomSettings,
  grant: GrantAccess,
  deadline: AbortSignal,
): AsyncGenerator<ListedMeeting> {
  for (const type of ["scheduled", "upcoming"]) {
    let pageToken = "";
    do {
      const url = new URL(`${zoom.apiUrl}/users/me/meetings`);
      url.search = new URLSearchParams({ type, page_size: "300" }).toString();
      if (pageToken) url.searchParams.set("next_page_token", pageToken);
      const { accessToken } = grant;
      const answer = await apiCall({ method: "GET", url, accessToken, deadline });
      notePlan(grant, answer);
      if (!isSuccess(answer)) throw apiErrorOf(answer, "account", zoom.clock());
      const page = parseAnswer(listAnswer, answer);
      yield* page.meetings;
      pageToken = page.next_page_token ?? "";
    } while (pageToken);
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
    // Without a time, such as a recurring one without fixed times, it can be entered at any.
    const isPast = start_time ? new Date(start_time) < of.from : false;
    if (key !== null && !isPast) found.set(id, { externalId: id, key, createdAt });
  }
  return [...found.values()];
}

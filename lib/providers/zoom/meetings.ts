/** Zoom meetings of the tutor (Meetings API v2). */
import { isAsTold } from "#lib/providers/asTold.ts";
import { nullWhenGone, ProviderError } from "#lib/providers/errors.ts";
import {
  type Answer,
  apiCall,
  foreign,
  isSuccess,
  parseAnswer,
  requireEmpty,
} from "#lib/providers/http.ts";
import { isMeetingLink, opensAlone } from "#lib/providers/links.ts";
import type {
  GrantAccess,
  Meeting,
  MeetingRequest,
  MeetingTimes,
  Page,
} from "#lib/providers/provider.ts";
import { utc } from "#lib/providers/wire.ts";
import { cutText } from "#lib/providers/words.ts";
import { type MeetingAnswer, meetingAnswer, startAnswer } from "#lib/providers/zoom/answers.ts";
import { apiErrorOf } from "#lib/providers/zoom/errors.ts";
import { notePlan } from "#lib/providers/zoom/limits.ts";
import { listedPage } from "#lib/providers/zoom/list.ts";
import { agendaOf, carriesMarker, type MarkedKey, markerOf } from "#lib/providers/zoom/marker.ts";
import {
  linkDomains,
  roomParameters,
  TITLE_LENGTH,
  type ZoomSettings,
} from "#lib/providers/zoom/settings.ts";

const SCHEDULED = 2;

/** Not idempotent: the same request twice creates two meetings. */
export async function createMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  request: MeetingRequest,
): Promise<Meeting> {
  const answer = await apiCall({
    method: "POST",
    url: new URL(`${zoom.apiUrl}/users/me/meetings`),
    accessToken: grant.accessToken,
    json: {
      type: SCHEDULED,
      ...meetingTimes(request),
      agenda: agendaOf(request),
      // The old room of a moved lesson must not run on without the tutor. And whatever the tutor's own settings are,
      // nobody needs an account of Zoom's to get in: students have none that we could know of.
      settings: { waiting_room: true, join_before_host: false, meeting_authentication: false },
    },
    creates: true,
    deadline: zoom.deadline(),
  });
  notePlan(grant, answer);
  if (!isSuccess(answer)) throw apiErrorOf(answer, "create", zoom.clock());
  const meeting = parseAnswer(meetingAnswer, answer, { creates: true });
  if (!isOfHost(meeting, grant) || !isFor(meeting, request)) {
    throw foreign(answer, { creates: true });
  }
  return usable(meeting, zoom, "outcome_unknown");
}

/** Searches a page of the tutor's lists, then reads the meeting itself, because lists lack fields. */
export async function findMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  of: MarkedKey,
  place: string | null,
): Promise<Page<Meeting | null>> {
  const deadline = zoom.deadline();
  const { here, unreadable, next } = await listedPage(zoom, grant, place, deadline);
  const listed = here.find(({ agenda }) => carriesMarker(agenda, of));
  if (listed) {
    return { here: await nullWhenGone(readMeeting(zoom, grant, listed.id, deadline)), next: null };
  }
  // It is there, whatever it looks like, so this isn't the answer that it isn't.
  if (unreadable.some((entry) => JSON.stringify(entry).includes(markerOf(of)))) {
    throw new ProviderError("unavailable", "The meeting's entry could not be read", {
      status: 200,
    });
  }
  return { here: null, next };
}

export async function getMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
): Promise<Meeting> {
  return readMeeting(zoom, grant, externalId, zoom.deadline());
}

/**
 * Zoom accepts at most 100 changes a day for one meeting, and ignores a start in the past. Its answer is empty, so
 * the meeting is read to know how Zoom gives it back. Where the answer doesn't say whether the change was made, the
 * reading does.
 */
export async function updateMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
  times: MeetingTimes,
): Promise<Meeting | null> {
  const json = meetingTimes(times);
  const deadline = zoom.deadline();
  const unclear = await unlessUnclear(async () =>
    requireEmpty(await meetingCall(zoom, grant, externalId, { method: "PATCH", json, deadline })),
  );
  try {
    const meeting = await readMeeting(zoom, grant, externalId, deadline);
    if (!unclear || (meeting.state === "ready" && isAsTold(meeting, times, TITLE_LENGTH))) {
      return meeting;
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // The change is made. What became of the meeting since, the next check finds out.
    if (!unclear) return null;
  }
  throw unclear;
}

/** @returns the error of a write that may have been carried out all the same, so that Zoom has counted it */
async function unlessUnclear(write: () => Promise<void>): Promise<ProviderError | null> {
  try {
    await write();
    return null;
  } catch (error) {
    if (!(error instanceof ProviderError) || !isUnclear(error)) throw error;
    return new ProviderError("outcome_unknown", error.message, { ...error, cause: error });
  }
}

const isUnclear = ({ code, status }: ProviderError): boolean =>
  code === "timeout" ||
  (code === "unavailable" && status !== undefined && (status < 300 || status >= 500));

export async function deleteMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
): Promise<void> {
  const deadline = zoom.deadline();
  requireEmpty(await meetingCall(zoom, grant, externalId, { method: "DELETE", deadline }));
}

/** `start_url` opens the room as the host, for whoever holds it, for two hours. */
export async function hostLink(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
): Promise<string> {
  const deadline = zoom.deadline();
  const answer = await meetingCall(zoom, grant, externalId, { method: "GET", deadline });
  const { id, start_url } = parseAnswer(startAnswer, answer);
  if (id !== externalId) throw foreign(answer);
  if (isMeetingLink(start_url, { domains: linkDomains, apiUrl: zoom.apiUrl })) return start_url;
  throw new ProviderError("unavailable", "The answer holds no usable host link", { status: 200 });
}

async function readMeeting(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
  deadline: AbortSignal,
): Promise<Meeting> {
  const answer = await meetingCall(zoom, grant, externalId, { method: "GET", deadline });
  const meeting = parseAnswer(meetingAnswer, answer);
  if (meeting.id !== externalId || !isOfHost(meeting, grant)) throw foreign(answer);
  return usable(meeting, zoom, "unavailable");
}

const isOfHost = ({ host_id: host }: MeetingAnswer, { account }: GrantAccess): boolean =>
  host === undefined || host === account.userId;

/**
 * By our mark, or by time and title where no agenda is given back; and the room behind the link is the meeting's. If
 * it is ours after all, the search for it finds it.
 */
function isFor(meeting: MeetingAnswer, request: MeetingRequest): boolean {
  const { agenda, id, join_url: link, start_time: start, topic } = meeting;
  const linked = /\/j\/(\d+)/.exec(link)?.[1] ?? id;
  if (linked !== id) return false;
  if (agenda?.trim()) return carriesMarker(agenda, request);
  return start !== null && isAsTold({ startsAt: start, title: topic }, request, TITLE_LENGTH);
}

async function meetingCall(
  zoom: ZoomSettings,
  grant: GrantAccess,
  externalId: string,
  call: { method: "GET" | "PATCH" | "DELETE"; json?: unknown; deadline: AbortSignal },
): Promise<Answer> {
  const url = new URL(`${zoom.apiUrl}/meetings/${encodeURIComponent(externalId)}`);
  const answer = await apiCall({ ...call, url, accessToken: grant.accessToken });
  notePlan(grant, answer);
  if (!isSuccess(answer)) throw apiErrorOf(answer, "meeting", zoom.clock());
  return answer;
}

/** With `Z` the instant is GMT, and `timezone` is only for display. */
const meetingTimes = (times: MeetingTimes) => ({
  topic: cutText(times.title, TITLE_LENGTH),
  start_time: utc(times.startsAt),
  duration: times.durationMinutes,
  timezone: times.timeZone,
});

function usable(
  meeting: MeetingAnswer,
  zoom: ZoomSettings,
  otherwise: "outcome_unknown" | "unavailable",
): Meeting {
  if (!isMeetingLink(meeting.join_url, { domains: linkDomains, apiUrl: zoom.apiUrl })) {
    throw new ProviderError(otherwise, "The answer holds no usable Zoom link", { status: 200 });
  }
  return {
    state: "ready",
    externalId: meeting.id,
    joinUrl: meeting.join_url,
    passcode: opensAlone(meeting.join_url, { roomParameters }) ? null : meeting.password,
    startsAt: meeting.start_time,
    title: meeting.topic,
  };
}

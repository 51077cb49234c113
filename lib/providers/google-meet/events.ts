/** Meet rooms belong to events of the tutor's own calendar (Calendar API v3, `events`). */
import { nullWhenGone } from "#lib/providers/errors.ts";
import {
  carriesKey,
  type EventAnswer,
  eventAnswer,
  isCancelled,
  meetingIn,
} from "#lib/providers/google-meet/answers.ts";
import {
  goneError,
  livingMeeting,
  madeMeeting,
  ownEvent,
} from "#lib/providers/google-meet/conference.ts";
import { apiErrorOf } from "#lib/providers/google-meet/errors.ts";
import {
  type GoogleSettings,
  linkDomains,
  TITLE_LENGTH,
} from "#lib/providers/google-meet/settings.ts";
import { apiCall, foreign, isSuccess, parseAnswer, requireEmpty } from "#lib/providers/http.ts";
import type {
  GrantAccess,
  Meeting,
  MeetingRequest,
  MeetingTimes,
  Page,
} from "#lib/providers/provider.ts";
import { endOf, utc } from "#lib/providers/wire.ts";
import { cutText } from "#lib/providers/words.ts";

/**
 * Our key is the event's id, so a repeated create is answered with 409 and never makes a second event. An id
 * stays taken after its event was deleted; in that case, and where Google gave up creating the conference,
 * the error says `keySpent`.
 */
export async function createEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  request: MeetingRequest,
): Promise<Meeting> {
  const deadline = google.deadline();
  const url = eventsUrl(google);
  url.searchParams.set("conferenceDataVersion", "1");
  url.searchParams.set("sendUpdates", "none");
  const answer = await apiCall({
    method: "POST",
    url,
    accessToken: grant.accessToken,
    json: newEvent(request),
    creates: true,
    deadline,
  });
  if (answer.status === 409) {
    const event = await nullWhenGone(readEvent(google, grant, request.key, deadline));
    return madeMeeting(ownEvent(event, request), request, google.apiUrl);
  }
  if (!isSuccess(answer)) throw apiErrorOf(answer, "create", google.clock());
  const event = parseAnswer(eventAnswer, answer, { creates: true });
  if (event.id !== request.key) throw foreign(answer, { creates: true });
  return madeMeeting(event, request, google.apiUrl);
}

/** Our key is the event's id, so there is no list to read. */
export async function findEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  of: { key: string; installationId: string },
): Promise<Page<Meeting | null>> {
  const find = async () => {
    const event = await readEvent(google, grant, of.key, google.deadline());
    if (isCancelled(event) || !carriesKey(event, of)) throw goneError();
    return livingMeeting(event, google.apiUrl);
  };
  return { here: await nullWhenGone(find()), next: null };
}

export async function getEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  externalId: string,
): Promise<Meeting> {
  const event = await readEvent(google, grant, externalId, google.deadline());
  if (isCancelled(event)) throw goneError();
  return livingMeeting(event, google.apiUrl);
}

export async function updateEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  externalId: string,
  times: MeetingTimes,
): Promise<Meeting | null> {
  const url = eventsUrl(google, externalId);
  url.searchParams.set("sendUpdates", "none");
  const answer = await apiCall({
    method: "PATCH",
    url,
    accessToken: grant.accessToken,
    json: changedTimes(times),
    deadline: google.deadline(),
  });
  if (!isSuccess(answer)) throw apiErrorOf(answer, "change", google.clock());
  const event = parseAnswer(eventAnswer, answer);
  if (event.id !== externalId) throw foreign(answer);
  if (isCancelled(event)) throw goneError();
  const meeting = meetingIn(event, { domains: linkDomains, apiUrl: google.apiUrl });
  return meeting.state === "ready" ? meeting : null;
}

export async function deleteEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  externalId: string,
): Promise<void> {
  const url = eventsUrl(google, externalId);
  url.searchParams.set("sendUpdates", "none");
  const answer = await apiCall({
    method: "DELETE",
    url,
    accessToken: grant.accessToken,
    deadline: google.deadline(),
  });
  if (!isSuccess(answer)) throw apiErrorOf(answer, "change", google.clock());
  requireEmpty(answer);
}

async function readEvent(
  google: GoogleSettings,
  grant: GrantAccess,
  id: string,
  deadline: AbortSignal,
): Promise<EventAnswer> {
  const answer = await apiCall({
    method: "GET",
    url: eventsUrl(google, id),
    accessToken: grant.accessToken,
    deadline,
  });
  if (!isSuccess(answer)) throw apiErrorOf(answer, "read", google.clock());
  const event = parseAnswer(eventAnswer, answer);
  if (event.id !== id) throw foreign(answer);
  return event;
}

export function eventsUrl(google: GoogleSettings, id?: string): URL {
  const path = id === undefined ? "" : `/${encodeURIComponent(id)}`;
  return new URL(`${google.apiUrl}/calendar/v3/calendars/primary/events${path}`);
}

const eventTimes = (times: MeetingTimes) => ({
  summary: cutText(times.title, TITLE_LENGTH),
  start: { dateTime: utc(times.startsAt), timeZone: times.timeZone },
  end: { dateTime: utc(endOf(times)), timeZone: times.timeZone },
});

/**
 * Google merges a change into what is there, and an event that its owner has made an all-day one has a date. It refuses
 * one with both, so what mustn't be there is said, too.
 */
function changedTimes(times: MeetingTimes) {
  const { start, end, ...rest } = eventTimes(times);
  return { ...rest, start: { ...start, date: null }, end: { ...end, date: null } };
}

/** Has no attendees: invited guests count against a much smaller limit, and Segue notifies people itself. */
const newEvent = (request: MeetingRequest) => ({
  id: request.key,
  ...eventTimes(request),
  guestsCanModify: false,
  guestsCanInviteOthers: false,
  conferenceData: {
    createRequest: {
      requestId: request.key,
      conferenceSolutionKey: { type: "hangoutsMeet" },
    },
  },
  extendedProperties: {
    private: { segueInstallation: request.installationId, segueKey: request.key },
  },
});

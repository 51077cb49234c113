/** What an event's conference means for the method that called Google. */
import { ProviderError } from "#lib/providers/errors.ts";
import {
  carriesKey,
  type EventAnswer,
  isCancelled,
  meetingIn,
} from "#lib/providers/google-meet/answers.ts";
import { linkDomains } from "#lib/providers/google-meet/settings.ts";
import type { Meeting, MeetingRequest, MeetingTimes } from "#lib/providers/provider.ts";

export const goneError = () => new ProviderError("gone", "The event was deleted");

/**
 * A 409 says that our id is taken. Only the event itself shows whether it is the meeting that we are asking
 * for.
 */
export function ownEvent(event: EventAnswer | null, request: MeetingRequest): EventAnswer {
  if (!event || isCancelled(event)) {
    throw new ProviderError("duplicate", "This event was deleted before", { keySpent: true });
  }
  if (!carriesKey(event, request)) {
    throw new ProviderError("duplicate", "Another event has this id", { keySpent: true });
  }
  return event;
}

/** For a create: an event without a usable conference is a failure that leaves the event behind. */
export function madeMeeting(
  event: EventAnswer,
  { startsAt }: MeetingTimes,
  apiUrl: string,
): Meeting {
  const meeting = meetingIn(event, { domains: linkDomains, apiUrl }, startsAt);
  switch (meeting.state) {
    case "failed":
      throw failedError(event);
    case "absent":
      throw new ProviderError("not_supported", "The calendar made an event without Meet", {
        keySpent: true,
        leftover: event.id,
      });
    case "unreadable":
      throw new ProviderError("outcome_unknown", "The answer holds no usable Meet link", {
        status: 200,
      });
    default:
      return meeting;
  }
}

/** For a read: an event whose conference was removed by hand is no longer a meeting. */
export function livingMeeting(event: EventAnswer, apiUrl: string): Meeting {
  const meeting = meetingIn(event, { domains: linkDomains, apiUrl });
  switch (meeting.state) {
    case "failed":
      throw failedError(event);
    case "absent":
      throw new ProviderError("gone", "The event has no Meet any more", { leftover: event.id });
    case "unreadable":
      throw new ProviderError("unavailable", "The answer holds no usable Meet link", {
        status: 200,
      });
    default:
      return meeting;
  }
}

const failedError = (event: EventAnswer) =>
  new ProviderError("unavailable", "Google could not make the Meet room", {
    keySpent: true,
    leftover: event.id,
  });

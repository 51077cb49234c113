/**
 * The parts of Google's answers that we rely on. Whatever isn't needed may be null, missing or odd: it keeps nobody
 * from a room that exists.
 */
import { z } from "zod";
import { isMeetingLink, type LinkRule } from "#lib/providers/links.ts";
import type { Meeting } from "#lib/providers/provider.ts";

const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

const said = z.string().optional().catch(undefined);

export const eventAnswer = z.object({
  id: z.string().min(1),
  kind: said,
  status: said,
  summary: z.string().catch(""),
  hangoutLink: said,
  // An event that was dragged to "all day" has only a date. It counts as starting at 00:00 UTC.
  start: z
    .object({
      dateTime: instant.optional().catch(undefined),
      date: day.optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  conferenceData: z
    .object({
      createRequest: z
        .object({ status: z.object({ statusCode: said }).optional().catch(undefined) })
        .optional()
        .catch(undefined),
      entryPoints: z.array(z.object({ entryPointType: said, uri: said })).catch([]),
    })
    .optional()
    .catch(undefined),
  extendedProperties: z
    .object({ private: z.record(z.string(), z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export type EventAnswer = z.infer<typeof eventAnswer>;

export const listedEvent = eventAnswer.pick({
  id: true,
  status: true,
  start: true,
  extendedProperties: true,
});

/**
 * Google leaves empty lists out, so the kind says that it is one. Taking anything else for an empty list would mean
 * that nothing is there.
 */
export const eventsAnswer = z
  .object({
    kind: z.string().optional(),
    items: z.array(z.unknown()).optional(),
    // An odd one refuses the page, since what follows it wouldn't be read.
    nextPageToken: z.string().nullish(),
  })
  .refine(({ kind, items }) => kind === "calendar#events" || items !== undefined);

export const startOf = ({ start }: Pick<EventAnswer, "start">): Date =>
  new Date(start?.dateTime ?? start?.date ?? Number.NaN);

export const isCancelled = (event: Pick<EventAnswer, "status">): boolean =>
  event.status === "cancelled";

export const carriesKey = (
  event: Pick<EventAnswer, "extendedProperties">,
  of: { key: string; installationId: string },
): boolean =>
  event.extendedProperties?.private?.segueKey === of.key &&
  event.extendedProperties.private.segueInstallation === of.installationId;

/** Google marks what it shows in whole. Anything less says nothing by what it leaves out. */
const isWhole = (event: EventAnswer): boolean =>
  event.kind === "calendar#event" &&
  !Number.isNaN(startOf(event).getTime()) &&
  event.extendedProperties?.private?.segueKey === event.id;

/**
 * The conference of an event: a meeting, or the reason why there is none. `failed`: Google gave up creating
 * it. `absent`: the event has none. `unreadable`: it exists, but without a link that people may be given, or the
 * answer doesn't tell. A progress that nobody here knows is one that may still end well. `askedFor`: the start where
 * the answer names none.
 */
export function meetingIn(
  event: EventAnswer,
  rule: LinkRule,
  askedFor?: Date,
): Meeting | { state: "failed" | "absent" | "unreadable" } {
  const conference = event.conferenceData;
  const video = conference?.entryPoints.find((entry) => entry.entryPointType === "video");
  const joinUrl = video?.uri ?? event.hangoutLink;
  if (joinUrl === undefined) {
    const progress = conference?.createRequest?.status?.statusCode;
    if (progress === "failure") return { state: "failed" };
    if (progress === "success") return { state: "unreadable" };
    if (progress !== undefined) return { state: "pending", externalId: event.id };
    return { state: !conference && isWhole(event) ? "absent" : "unreadable" };
  }
  const startsAt = event.start || !askedFor ? startOf(event) : askedFor;
  if (!isMeetingLink(joinUrl, rule) || Number.isNaN(startsAt.getTime())) {
    return { state: "unreadable" };
  }
  return {
    state: "ready",
    externalId: event.id,
    joinUrl,
    // A Meet has none: PINs are for the telephone, and whoever isn't invited is let in by the host.
    passcode: null,
    startsAt,
    title: event.summary,
  };
}

export const idTokenClaims = z.object({
  sub: z.string().min(1),
  email: z.string().min(1),
  name: z.string().optional(),
  /** The domain of a Workspace organisation. */
  hd: z.string().optional(),
});

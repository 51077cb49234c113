/** The parts of Google's answers that we rely on. */
import { z } from "zod";
import { isMeetingLink, type LinkRule } from "#lib/providers/links.ts";
import type { Meeting } from "#lib/providers/provider.ts";

const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

export const eventAnswer = z.object({
  id: z.string().min(1),
  status: z.string().optional(),
  summary: z.string().default(""),
  hangoutLink: z.string().optional(),
  // An event that was dragged to "all day" has only a date. It counts as starting at 00:00 UTC.
  start: z.object({ dateTime: instant.optional(), date: day.optional() }).optional(),
  conferenceData: z
    .object({
      createRequest: z
        .object({ status: z.object({ statusCode: z.string() }).optional() })
        .optional(),
      entryPoints: z
        .array(z.object({ entryPointType: z.string().optional(), uri: z.string().optional() }))
        .default([]),
    })
    .optional(),
  extendedProperties: z.object({ private: z.record(z.string(), z.string()).optional() }).optional(),
});
export type EventAnswer = z.infer<typeof eventAnswer>;

/**
 * Google leaves empty lists out, so the kind says that it is one. Taking anything else for an empty list would mean
 * that nothing is there.
 */
export const eventsAnswer = z
  .object({
    kind: z.string().optional(),
    items: z
      .array(eventAnswer.pick({ id: true, status: true, start: true, extendedProperties: true }))
      .optional(),
    nextPageToken: z.string().optional(),
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

/**
 * The conference of an event: a meeting, or the reason why there is none. `failed`: Google gave up creating
 * it. `absent`: the event has none. `unreadable`: it exists, but without a link that people may be given.
 */
export function meetingIn(
  event: EventAnswer,
  rule: LinkRule,
): Meeting | { state: "failed" | "absent" | "unreadable" } {
  const conference = event.conferenceData;
  const video = conference?.entryPoints.find((entry) => entry.entryPointType === "video");
  const joinUrl = video?.uri ?? event.hangoutLink;
  if (joinUrl === undefined) {
    const progress = conference?.createRequest?.status?.statusCode;
    if (progress === "pending") return { state: "pending", externalId: event.id };
    if (progress === "failure") return { state: "failed" };
    return { state: progress === "success" ? "unreadable" : "absent" };
  }
  const startsAt = startOf(event);
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

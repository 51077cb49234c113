/**
 * The calendar's memory. An event goes `confirmed → cancelled`; a cancelled one keeps its id for ever. Its
 * conference goes `none | pending → success | failure`; a Meet code outlives its event.
 */
import { randomInt } from "node:crypto";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

export interface EventTime {
  /** Instant in UTC. */
  at: string;
  /** The zone as it was given, if it was. */
  timeZone: string | null;
  /** Of an all-day event, which has no time of day. */
  date?: string;
}

export interface Conference {
  requestId: string;
  status: "pending" | "success" | "failure";
  /** What the request becomes once it is no longer pending. */
  outcome: "success" | "failure";
  /** How many GETs will still find it pending; null means all of them. */
  pendingGets: number | null;
  code: string;
}

export interface StoredEvent {
  id: string;
  owner: string;
  status: string;
  created: string;
  updated: string;
  version: number;
  sequence: number;
  start: EventTime;
  end: EventTime;
  /** The other writable fields, as they were given. */
  fields: Record<string, unknown>;
  conference: Conference | null;
  /** The value of `sendUpdates` in each write. */
  sendUpdates: string[];
}

export interface Room {
  code: string;
  owner: string;
  title: string;
  start: string;
}

export const eventsOf = (world: World): Collection<StoredEvent> =>
  world.journal.collection<StoredEvent>("google.events");

export const roomsOf = (world: World): Collection<Room> =>
  world.journal.collection<Room>("google.rooms");

export const eventKey = (owner: string, id: string): string => `${owner} ${id}`;

const letters = (count: number) =>
  Array.from({ length: count }, () => String.fromCharCode(97 + randomInt(26))).join("");

export function freshCode(world: World): string {
  for (;;) {
    const code = `${letters(3)}-${letters(4)}-${letters(3)}`;
    if (!roomsOf(world).get(code)) return code;
  }
}

export const titleOf = (event: StoredEvent): string =>
  typeof event.fields.summary === "string" ? event.fields.summary : "";

/** Stores the event, and its room as soon as it has one. */
export function save(world: World, event: StoredEvent): void {
  eventsOf(world).set(eventKey(event.owner, event.id), event);
  if (event.conference?.status === "success" && event.status !== "cancelled") {
    const { code } = event.conference;
    const room = { code, owner: event.owner, title: titleOf(event), start: event.start.at };
    roomsOf(world).set(code, room);
  }
}

/** Counts a GET of a pending conference. The last one that finds it pending settles it. */
export function lookAgain(event: StoredEvent): StoredEvent {
  const { conference } = event;
  if (conference?.status !== "pending" || conference.pendingGets === null) return event;
  const settled = conference.pendingGets === 0;
  return {
    ...event,
    conference: settled
      ? { ...conference, status: conference.outcome }
      : { ...conference, pendingGets: conference.pendingGets - 1 },
  };
}

export const joinUrlOf = (world: World, event: StoredEvent): string | null =>
  event.conference?.status === "success" ? `${world.url}/meet/${event.conference.code}` : null;

export const etagOf = (event: StoredEvent): string =>
  `"${new Date(event.created).getTime()}${String(event.version).padStart(3, "0")}"`;

/** The time with the offset of the event's own zone, as Google writes it, and not in UTC. */
export function shownTime(time: EventTime): Record<string, string> {
  if (time.date !== undefined) return { date: time.date };
  const at = Temporal.Instant.from(time.at);
  const timeZone = time.timeZone ?? "UTC";
  return { dateTime: timeZone === "UTC" ? at.toString() : at.toString({ timeZone }), timeZone };
}

const hangoutsMeet = { type: "hangoutsMeet" };

function shownConference(world: World, event: StoredEvent): Record<string, unknown> {
  if (!event.conference) return {};
  const { requestId, status, code } = event.conference;
  const createRequest = {
    requestId,
    conferenceSolutionKey: hangoutsMeet,
    status: { statusCode: status },
  };
  const uri = joinUrlOf(world, event);
  if (!uri) return { conferenceData: { createRequest } };
  return {
    hangoutLink: uri,
    conferenceData: {
      createRequest,
      entryPoints: [{ entryPointType: "video", uri, label: uri.replace(/^https?:\/\//, "") }],
      conferenceSolution: { key: hangoutsMeet, name: "Google Meet", iconUri: `${world.url}/icon` },
      conferenceId: code,
    },
  };
}

/** The event as the API returns it. */
export function resource(world: World, event: StoredEvent): Record<string, unknown> {
  const person = { email: event.owner, self: true };
  return {
    kind: "calendar#event",
    etag: etagOf(event),
    id: event.id,
    status: event.status,
    htmlLink: `${world.url}/google/calendar/event?eid=${Buffer.from(event.id).toString("base64url")}`,
    created: event.created,
    updated: event.updated,
    ...event.fields,
    creator: person,
    organizer: person,
    start: shownTime(event.start),
    end: shownTime(event.end),
    iCalUID: `${event.id}@google.com`,
    sequence: event.sequence,
    ...shownConference(world, event),
    reminders: event.fields.reminders ?? { useDefault: true },
    eventType: "default",
  };
}

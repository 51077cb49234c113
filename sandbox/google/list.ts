/** `events.list`: filter by private property and overlap in time, in pages. */
import { z } from "zod";
import { refuse } from "#sandbox/google/input.ts";
import { etagOf, eventsOf, resource, type StoredEvent } from "#sandbox/google/store.ts";
import { type Exchange, json, type Reply } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";

const PAGE = 250;
const LARGEST_PAGE = 2_500;

const pageToken = z.object({ from: z.number().int().min(0), asked: z.string() });

function moment(query: URLSearchParams, name: string): number | null {
  const value = query.get(name);
  if (value === null) return null;
  const parsed = z.iso.datetime({ offset: true }).safeParse(value);
  if (!parsed.success) refuse(400, "badRequest", "Bad Request");
  return new Date(value).getTime();
}

function wantedProperties(query: URLSearchParams): [string, string][] {
  return query.getAll("privateExtendedProperty").map((pair) => {
    const equals = pair.indexOf("=");
    if (equals < 1) refuse(400, "invalid", "Invalid value for: privateExtendedProperty");
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
}

function hasProperties(event: StoredEvent, wanted: [string, string][]): boolean {
  const given = event.fields.extendedProperties as { private?: Record<string, string> } | undefined;
  return wanted.every(([name, value]) => given?.private?.[name] === value);
}

function pageSize(query: URLSearchParams): number {
  const value = query.get("maxResults");
  if (value === null) return PAGE;
  const parsed = z.coerce.number().int().min(1).safeParse(value);
  if (!parsed.success) refuse(400, "invalidParameter", "Invalid value for: maxResults");
  return Math.min(Number(value), LARGEST_PAGE);
}

/** A page token is valid only for the query that it came from. */
function pageStart(query: URLSearchParams, asked: string): number {
  const value = query.get("pageToken");
  if (value === null) return 0;
  try {
    const token = pageToken.parse(JSON.parse(Buffer.from(value, "base64url").toString("utf8")));
    if (token.asked === asked) return token.from;
  } catch {
    // Continues to the single refusal for all unusable tokens.
  }
  return refuse(400, "invalid", "Invalid page token value.");
}

const byStart = (a: StoredEvent, b: StoredEvent) => a.start.at.localeCompare(b.start.at);
const byUpdate = (a: StoredEvent, b: StoredEvent) => a.updated.localeCompare(b.updated);

export function listEvents(world: World, owner: string, exchange: Exchange): Reply {
  const query = exchange.url.searchParams;
  const [timeMin, timeMax] = [moment(query, "timeMin"), moment(query, "timeMax")];
  const properties = wantedProperties(query);
  const showDeleted = query.get("showDeleted") === "true";
  const orderBy = query.get("orderBy");
  if (orderBy === "startTime" && query.get("singleEvents") !== "true") {
    refuse(400, "badRequest", "The requested ordering is not available for the particular query.");
  }
  const asked = [...query.entries()]
    .filter(([name]) => name !== "pageToken" && name !== "maxResults")
    .map((pair) => pair.join("="))
    .join("&");
  const size = pageSize(query);
  const from = pageStart(query, asked);

  const found = eventsOf(world)
    .values()
    .filter((event) => event.owner === owner)
    .filter((event) => showDeleted || event.status !== "cancelled")
    .filter((event) => timeMin === null || new Date(event.end.at).getTime() > timeMin)
    .filter((event) => timeMax === null || new Date(event.start.at).getTime() < timeMax)
    .filter((event) => hasProperties(event, properties));
  if (orderBy === "startTime") found.sort(byStart);
  if (orderBy === "updated") found.sort(byUpdate);

  const items = found.slice(from, from + size);
  const next = from + size < found.length ? JSON.stringify({ from: from + size, asked }) : null;
  return json(200, {
    kind: "calendar#events",
    etag: items[0] ? etagOf(items[0]) : '"0"',
    summary: owner,
    description: "",
    updated: world.clock().toISOString(),
    timeZone: "UTC",
    accessRole: "owner",
    defaultReminders: [],
    ...(next && { nextPageToken: Buffer.from(next).toString("base64url") }),
    items: items.map((event) => resource(world, event)),
  });
}

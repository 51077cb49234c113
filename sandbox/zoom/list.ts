/** `GET /users/{id}/meetings`: by type, in pages of 30 to 300, with the agenda cut to 250 characters. */
import { z } from "zod";
import { type Exchange, json } from "#sandbox/http.ts";
import type { World } from "#sandbox/world.ts";
import { Refusal, validationError } from "#sandbox/zoom/errors.ts";
import { meetingsOf, type StoredMeeting, summary } from "#sandbox/zoom/store.ts";

const AGENDA_SHOWN = 250;
const TOKEN_LIFE = 15 * 60_000;
const EXPIRES_AFTER = 30 * 86_400_000;

const query = z.object({
  type: z
    .enum(["scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"])
    .default("scheduled"),
  page_size: z.coerce.number().int().min(1).max(300).default(30),
  next_page_token: z.string().default(""),
});
const pageToken = z.object({ from: z.number().int(), until: z.number(), type: z.string() });

const refuse = (field: string): never => {
  throw new Refusal(validationError([{ field, message: "Invalid field." }]));
};

function pageStart(world: World, token: string, type: string): number {
  if (token === "") return 0;
  try {
    const read = pageToken.parse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    if (read.type === type && read.until > world.clock().getTime()) return read.from;
  } catch {
    // Continues to the single refusal for all unusable tokens.
  }
  return refuse("next_page_token");
}

function belongs(meeting: StoredMeeting, type: string, now: number): boolean {
  const start = new Date(meeting.start).getTime();
  const over = start + meeting.duration * 60_000 < now;
  const live = meeting.status === "started";
  switch (type) {
    case "live":
      return live;
    case "upcoming":
    case "upcoming_meetings":
      return live || !over;
    case "previous_meetings":
      return over && !live;
    default:
      return live || start > now - EXPIRES_AFTER;
  }
}

const byStart = (a: StoredMeeting, b: StoredMeeting) => a.start.localeCompare(b.start);

export function listMeetings(world: World, owner: string, exchange: Exchange): Response {
  const parsed = query.safeParse(Object.fromEntries(exchange.url.searchParams));
  if (!parsed.success) return refuse(String(parsed.error.issues[0]?.path[0]));
  const { type, page_size: size, next_page_token: token } = parsed.data;
  const from = pageStart(world, token, type);
  const now = world.clock().getTime();
  const found = meetingsOf(world)
    .values()
    .filter((meeting) => meeting.owner === owner && meeting.status !== "deleted")
    .filter((meeting) => belongs(meeting, type, now))
    .sort(byStart);
  const more = from + size < found.length;
  const next = JSON.stringify({ from: from + size, until: now + TOKEN_LIFE, type });
  return json(200, {
    page_count: Math.ceil(found.length / size),
    page_number: Math.floor(from / size) + 1,
    page_size: size,
    total_records: found.length,
    next_page_token: more ? Buffer.from(next).toString("base64url") : "",
    meetings: found.slice(from, from + size).map((meeting) => ({
      ...summary(world, meeting),
      agenda: meeting.agenda.slice(0, AGENDA_SHOWN),
    })),
  });
}

/**
 * Zoom's meetings: `waiting → started → waiting` (ended) and `waiting → deleted → waiting` (recovered). A
 * deleted meeting's row stays, so that its room can say that it is gone.
 */
import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";
import { accountFor } from "#sandbox/accounts.ts";
import { sameText } from "#sandbox/oauth.ts";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

const ZAK_LIFE = 2 * 3_600_000;

export interface StoredMeeting {
  /** A string here as everywhere, because 11 digits don't fit into 32 bits. */
  id: string;
  uuid: string;
  owner: string;
  status: "waiting" | "started" | "deleted";
  topic: string;
  agenda: string;
  type: number;
  /** Instant in UTC. */
  start: string;
  duration: number;
  timezone: string;
  createdAt: string;
  password: string;
  settings: Record<string, unknown>;
  recurrence: Record<string, unknown> | null;
}

export const meetingsOf = (world: World): Collection<StoredMeeting> =>
  world.journal.collection<StoredMeeting>("zoom.meetings");

/** Eleven digits, never starting with zero. */
export function freshId(world: World): string {
  for (;;) {
    const id = `${randomInt(8, 10)}${String(randomInt(10 ** 10)).padStart(10, "0")}`;
    if (!meetingsOf(world).get(id)) return id;
  }
}

/** Base64 with all its characters, `/` and `=` included, as Zoom makes them. */
export const freshUuid = (): string => randomBytes(16).toString("base64");

const alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
export const freshPassword = (): string =>
  Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join("");

export const encryptedPassword = (meeting: StoredMeeting): string =>
  createHash("sha256").update(`${meeting.id} ${meeting.password}`).digest("base64url").slice(0, 32);

export function joinUrlOf(world: World, meeting: StoredMeeting): string {
  const link = `${world.url}/zoom/j/${meeting.id}`;
  const isEmbedded = world.settings.zoomPasscodeInLinks && meeting.password !== "";
  return isEmbedded ? `${link}?pwd=${encryptedPassword(meeting)}.1` : link;
}

function secret(world: World): string {
  const secrets = world.journal.collection<string>("zoom.secrets");
  const known = secrets.get("zak");
  if (known) return known;
  const made = randomBytes(32).toString("base64url");
  secrets.set("zak", made);
  return made;
}

const sign = (world: World, id: string, until: string) =>
  createHmac("sha256", secret(world)).update(`${id} ${until}`).digest("base64url");

/** The host's link, valid for two hours. */
function startUrlOf(world: World, meeting: StoredMeeting): string {
  const until = String(world.clock().getTime() + ZAK_LIFE);
  return `${world.url}/zoom/s/${meeting.id}?zak=${until}.${sign(world, meeting.id, until)}`;
}

export function zakFits(world: World, meeting: StoredMeeting, zak: string): boolean {
  const [until = "", signature = ""] = zak.split(".");
  const inTime = Number(until) > world.clock().getTime();
  return inTime && sameText(signature, sign(world, meeting.id, until));
}

/** The time in GMT, without fractions of a second. */
export const zoomTime = (iso: string): string => iso.replace(/\.\d+Z$/, "Z");

const changedTitle = (topic: string): string =>
  topic.replace(/[\u{10000}-\u{10FFFF}]/gu, "").replace(/ {2,}/g, " ");

/** The fields that create, get and list have in common. */
export function summary(world: World, meeting: StoredMeeting): Record<string, unknown> {
  const { zoomTitles, zoomStarts, zoomPwd } = world.settings;
  const link = joinUrlOf(world, meeting);
  return {
    uuid: meeting.uuid,
    id: Number(meeting.id),
    host_id: accountFor(world, "zoom", meeting.owner).id,
    topic: zoomTitles === "changed" ? changedTitle(meeting.topic) : meeting.topic,
    type: meeting.type,
    start_time: zoomTime(
      zoomStarts === "to_the_minute"
        ? meeting.start.replace(/:\d\d\.\d+Z$/, ":00Z")
        : meeting.start,
    ),
    duration: meeting.duration,
    timezone: meeting.timezone,
    created_at: zoomTime(meeting.createdAt),
    join_url: zoomPwd === "constant" ? link : link.replace(/\.1$/, `.${randomInt(2, 10 ** 9)}`),
  };
}

/** The whole meeting. It is for the host alone, because it carries a new `start_url`. */
export function resource(world: World, meeting: StoredMeeting): Record<string, unknown> {
  return {
    ...summary(world, meeting),
    host_email: meeting.owner,
    status: meeting.status,
    agenda: meeting.agenda,
    start_url: startUrlOf(world, meeting),
    password: meeting.password,
    h323_password: meeting.password,
    pstn_password: meeting.password,
    encrypted_password: encryptedPassword(meeting),
    settings: meeting.settings,
    creation_source: "open_api",
    pre_schedule: false,
    ...(meeting.recurrence && { recurrence: meeting.recurrence }),
  };
}

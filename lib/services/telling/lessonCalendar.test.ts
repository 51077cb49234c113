import ICAL from "ical.js";
import { expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { createProviders } from "#lib/providers/registry.ts";
import { type CalendarMethod, lessonCalendar, organizerOf } from "./lessonCalendar.ts";

const config = parseConfig({
  APP_URL: "https://segue.example:8443/",
  AUTH_SECRET: "x".repeat(32),
  TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
  DATABASE_URL: "postgres://localhost/none",
  MAIL_FROM: "Segue at Demo School <segue@school.example>",
});
const clock = () => new Date("2026-10-20T08:00:00Z");
const ctx = { config, clock, providers: createProviders(config), uidHost: "calendar.example" };

const lesson = {
  id: "6e9c5c0e-0c5f-4a4e-9f0f-2b8f6c7d1a11",
  subject: "Physics; waves, and\nmore",
  status: "SCHEDULED" as const,
  provider: "google_meet" as const,
  scheduled_start_at: new Date("2026-10-23T14:00:00Z"),
  scheduled_end_at: new Date("2026-10-23T14:45:00Z"),
  calendar_sequence: 3,
  created_at: new Date("2026-10-01T10:00:00Z"),
  updated_at: new Date("2026-10-19T10:00:00Z"),
  tutor_name: "Tara",
  student_name: "Dev",
};
const reader = {
  name: "Dev",
  email: "dev@people.example",
  language: "en",
  side: "student" as const,
  linkOf: (id: string) => `https://segue.example:8443/j/${id}`,
};

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent");
  return { calendar, events, event: new ICAL.Event(events[0]) };
}

test("a lesson is one event, the same for all who read it: its own id, its number, its times in UTC", () => {
  const { calendar, event } = read(lessonCalendar(ctx, "REQUEST", reader, [lesson]));
  expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
  expect(event.uid).toBe(`${lesson.id}@calendar.example`);
  expect(event.sequence).toBe(3);
  expect(event.startDate.toICALString()).toBe("20261023T140000Z");
  expect(event.endDate.toICALString()).toBe("20261023T144500Z");
  expect(event.summary).toBe("Physics; waves, and more with Tara");
  const tutor = { ...reader, name: "Tara", side: "tutor" as const };
  const other = read(lessonCalendar(ctx, "REQUEST", tutor, [lesson])).event;
  expect(other.uid).toBe(event.uid);
  expect(other.summary).toContain("with Dev");
});

test("it leads to the reader's own link, wherever the lesson happens now", () => {
  const { event } = read(lessonCalendar(ctx, "REQUEST", reader, [lesson]));
  const link = reader.linkOf(lesson.id);
  expect(event.location).toBe(link);
  expect(event.component.getFirstPropertyValue("url")).toBe(link);
  expect(event.description).toContain("Google Meet");
  expect(event.description).toContain(link);
  const { event: roomless } = read(
    lessonCalendar(ctx, "REQUEST", reader, [{ ...lesson, provider: null }]),
  );
  expect(roomless.description).toContain("being prepared");
});

test("it comes from the address that the mails come from, and asks for no answer", () => {
  const { event } = read(lessonCalendar(ctx, "REQUEST", reader, [lesson]));
  const organizer = event.component.getFirstProperty("organizer");
  expect(organizer?.getFirstValue()).toBe("mailto:segue@school.example");
  expect(organizer?.getParameter("cn")).toBe("Segue at Demo School");
  const [attendee] = event.attendees;
  expect(String(attendee?.getFirstValue()).toLowerCase()).toBe("mailto:dev@people.example");
  expect(attendee?.getParameter("rsvp")).toBe("FALSE");
});

test.each<[CalendarMethod, string, string]>([
  ["REQUEST", "SCHEDULED", "CONFIRMED"],
  ["CANCEL", "CANCELLED", "CANCELLED"],
  ["PUBLISH", "CANCELLED", "CANCELLED"],
  ["PUBLISH", "COMPLETED", "CONFIRMED"],
])("%s of a lesson that is %s says %s", (method, status, expected) => {
  const { event } = read(
    lessonCalendar(ctx, method, reader, [{ ...lesson, status: status as "SCHEDULED" }]),
  );
  expect(event.component.getFirstPropertyValue("status")).toBe(expected);
});

test("several lessons are published together, each with an id of its own and nobody invited", () => {
  const second = { ...lesson, id: "7e9c5c0e-0c5f-4a4e-9f0f-2b8f6c7d1a12" };
  const { events } = read(lessonCalendar(ctx, "PUBLISH", reader, [lesson, second]));
  expect(new Set(events.map((event) => event.getFirstPropertyValue("uid"))).size).toBe(2);
  expect(events.flatMap((event) => event.getAllProperties("attendee"))).toEqual([]);
});

test("it is in the reader's language", () => {
  const german = { ...reader, language: "de" };
  const { event } = read(lessonCalendar(ctx, "REQUEST", german, [lesson]));
  expect(event.summary).toContain("mit Tara");
  expect(event.description).toContain("Zurzeit bei Google Meet");
});

test.each([
  ["Segue <segue@localhost>", { name: "Segue", email: "segue@localhost" }],
  ['"Tara, tutor" <tara@x.example>', { name: "Tara, tutor", email: "tara@x.example" }],
  ["plain@x.example", { name: "Segue", email: "plain@x.example" }],
])("%s is organizer as %j", (from, expected) => {
  expect(organizerOf(from)).toEqual(expected);
});

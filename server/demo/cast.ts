/** Who the demo is about and when they meet; plainly invented, and derived from the day it is made on. */
import { DateTime } from "luxon";

export const DEMO_PASSWORD = "segue-demo-only";
const TUTOR_ZONE = "Europe/Berlin";

export interface DemoPerson {
  role: "tutor" | "student" | "admin";
  name: string;
  email: string;
  timeZone: string;
}

const student = (name: string, timeZone: string): DemoPerson => ({
  role: "student",
  name: `${name} Demo`,
  email: `${name.toLowerCase()}@students.example`,
  timeZone,
});

export const tutor: DemoPerson = {
  role: "tutor",
  name: "Tara Demo",
  email: "tara@tutors.example",
  timeZone: TUTOR_ZONE,
};

/** Has connected nothing yet. */
export const newTutor: DemoPerson = {
  role: "tutor",
  name: "Nils Demo",
  email: "nils@tutors.example",
  timeZone: "Europe/London",
};

/** Answers those who ask for help. */
export const supporter: DemoPerson = {
  role: "admin",
  name: "Sofia Demo",
  email: "sofia@support.example",
  timeZone: TUTOR_ZONE,
};

export const students: DemoPerson[] = [
  student("Ada", "Europe/Berlin"),
  student("Ben", "Europe/London"),
  student("Chiara", "Europe/Rome"),
  student("Dev", "Asia/Kolkata"),
  student("Emi", "Asia/Tokyo"),
  student("Farid", "Africa/Cairo"),
  student("Grace", "America/New_York"),
  student("Hugo", "America/Sao_Paulo"),
  student("Ines", "Europe/Lisbon"),
  student("Jack", "Australia/Sydney"),
  student("Kaia", "America/Los_Angeles"),
  student("Liam", "Pacific/Auckland"),
];

export interface DemoBooking {
  /** Index into `students`. */
  student: number;
  subject: string;
  startsAt: Date;
  durationMinutes: number;
  weeks: number;
}

/** 16:00 in the tutor's zone on the first such weekday (1 Monday) at least two days ahead. */
function slot(now: DateTime, weekday: number, hour: number): Date {
  let day = now.plus({ days: 2 }).startOf("day").set({ hour });
  while (day.weekday !== weekday) day = day.plus({ days: 1 });
  return day.toJSDate();
}

/** The last slot before the clocks in the tutor's zone change next. */
function beforeClockChange(now: DateTime, hour: number): Date {
  let day = now.plus({ days: 3 }).startOf("day").set({ hour });
  while (day.plus({ weeks: 1 }).offset === day.offset) day = day.plus({ days: 1 });
  return day.toJSDate();
}

const soon = (now: DateTime, minutes: number): Date =>
  now
    .plus({ minutes: minutes + 5 - (now.minute % 5) })
    .startOf("minute")
    .toJSDate();

export function futureBookings(at: Date): DemoBooking[] {
  const now = DateTime.fromJSDate(at, { zone: TUTOR_ZONE });
  const book = (
    who: number,
    subject: string,
    startsAt: Date,
    weeks = 1,
    durationMinutes = 45,
  ): DemoBooking => ({ student: who, subject, startsAt, weeks, durationMinutes });
  return [
    book(0, "Mathematics", soon(now, 5), 1, 25),
    book(6, "English conversation", soon(now, 40), 1, 50),
    book(0, "Mathematics", slot(now, 1, 15), 6),
    book(1, "Physics", slot(now, 2, 16), 6, 60),
    book(2, "German", slot(now, 3, 17), 6),
    book(6, "English conversation", slot(now, 4, 18), 6, 50),
    book(9, "Chemistry", slot(now, 5, 9), 6),
    book(8, "Piano theory", beforeClockChange(now, 19), 3, 30),
    book(3, "Statistics", slot(now, 6, 10)),
    book(4, "German", slot(now, 6, 11)),
    book(5, "Mathematics", slot(now, 6, 13)),
    book(7, "Physics", slot(now, 6, 14)),
    book(10, "Essay writing", slot(now, 2, 19), 1, 60),
  ];
}

/** Weekly lessons that began three weeks ago and are over by now. */
export function pastBookings(at: Date): DemoBooking[] {
  const start = DateTime.fromJSDate(at, { zone: TUTOR_ZONE })
    .minus({ weeks: 3, days: 1 })
    .startOf("day");
  return [
    {
      student: 0,
      subject: "Mathematics",
      startsAt: start.set({ hour: 15 }).toJSDate(),
      durationMinutes: 45,
      weeks: 3,
    },
    {
      student: 1,
      subject: "Physics",
      startsAt: start.set({ hour: 16 }).toJSDate(),
      durationMinutes: 60,
      weeks: 3,
    },
  ];
}

/** Asked for, not yet answered. */
export function openRequests(at: Date): DemoBooking[] {
  const now = DateTime.fromJSDate(at, { zone: TUTOR_ZONE });
  return [
    {
      student: 11,
      subject: "Mathematics",
      startsAt: slot(now, 3, 9),
      durationMinutes: 45,
      weeks: 4,
    },
    { student: 4, subject: "German", startsAt: slot(now, 7, 11), durationMinutes: 45, weeks: 1 },
  ];
}

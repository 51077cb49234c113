/**
 * The people of the demo and when they meet. All are invented, and the dates depend on the day of creation.
 */

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

/** A tutor who hasn't connected anything yet. */
export const newTutor: DemoPerson = {
  role: "tutor",
  name: "Nils Demo",
  email: "nils@tutors.example",
  timeZone: "Europe/London",
};

/** The administrator who answers requests for help. */
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

const inTutorsZone = (at: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(TUTOR_ZONE);
const toDate = (time: Temporal.ZonedDateTime): Date => new Date(time.epochMilliseconds);
const atHour = (day: Temporal.ZonedDateTime, hour: number): Temporal.ZonedDateTime =>
  day.withPlainTime({ hour });

/** The given hour in the tutor's zone, on the first such weekday (1 is Monday) at least two days ahead. */
function slot(now: Temporal.ZonedDateTime, weekday: number, hour: number): Date {
  let day = atHour(now.add({ days: 2 }), hour);
  while (day.dayOfWeek !== weekday) day = day.add({ days: 1 });
  return toDate(day);
}

/** The last such time before the clocks in the tutor's zone change next. */
function beforeClockChange(now: Temporal.ZonedDateTime, hour: number): Date {
  let day = atHour(now.add({ days: 3 }), hour);
  while (day.add({ weeks: 1 }).offset === day.offset) day = day.add({ days: 1 });
  return toDate(day);
}

/** At least that many minutes from now, at a full five minutes. */
const soon = (now: Temporal.ZonedDateTime, minutes: number): Date =>
  toDate(
    now
      .add({ minutes: minutes + 5 - (now.minute % 5) })
      .round({ smallestUnit: "minute", roundingMode: "floor" }),
  );

export function futureBookings(at: Date): DemoBooking[] {
  const now = inTutorsZone(at);
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
  const day = inTutorsZone(at).subtract({ weeks: 3, days: 1 });
  return [
    {
      student: 0,
      subject: "Mathematics",
      startsAt: toDate(atHour(day, 15)),
      durationMinutes: 45,
      weeks: 3,
    },
    {
      student: 1,
      subject: "Physics",
      startsAt: toDate(atHour(day, 16)),
      durationMinutes: 60,
      weeks: 3,
    },
  ];
}

/** Requests that the tutor hasn't answered yet. */
export function openRequests(at: Date): DemoBooking[] {
  const now = inTutorsZone(at);
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

/** Whom the tutor wrote down: nobody signs in as them. One has addresses, which are asked. */
export function studentsWithoutAccount(at: Date) {
  const now = inTutorsZone(at);
  const timeZone = TUTOR_ZONE;
  return [
    {
      name: "Mira Demo",
      timeZone,
      email: "mira@families.example",
      guardianEmail: "parent@families.example",
      note: "Fractions next",
      subject: "Mathematics",
      startsAt: slot(now, 1, 17),
      weeks: 4,
    },
    { name: "Oskar Demo", timeZone, subject: "Piano theory", startsAt: slot(now, 4, 15), weeks: 4 },
  ];
}

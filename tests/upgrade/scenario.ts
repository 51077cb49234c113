/**
 * What people did with the earlier version before its data was kept. They act over the HTTP API and the
 * consent pages of the stand-ins, as their browsers would have done.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Alive } from "./alive.ts";
import { consent, leadsTo, signIn, signUp, type Visitor } from "./visitor.ts";

interface Lesson {
  id: string;
  status: string;
  scheduledStartAt: string;
  linkState: string;
  student: { id: string };
  room?: { url: string } | null;
}

export interface Cast {
  /** Comes from Zoom, moves to Google Meet and stays there. */
  mover: Visitor;
  /** Moves and undoes it. */
  undoer: Visitor;
  students: Visitor[];
}

const WEEK_MINUTES = 7 * 24 * 60;
const REST_WITHIN_MS = 120_000;

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** Signs in the demo's own people. */
export async function demoCast(url: string): Promise<Cast> {
  const enter = (email: string) => signIn(url, { email, password: "segue-demo-only" });
  const students = "ada ben chiara dev emi farid grace hugo ines jack kaia liam".split(" ");
  return {
    mover: await enter("tara@tutors.example"),
    undoer: await enter("nils@tutors.example"),
    students: await oneByOne(students, (name) => enter(`${name}@students.example`)),
  };
}

/** Signs up new people, because a server has no demo data. */
export async function newCast(url: string): Promise<Cast> {
  const enter = (name: string, role: string, timeZone: string) =>
    signUp(url, {
      name: `${name} Test`,
      email: `${name.toLowerCase()}@people.example`,
      password: "a-password-for-tests",
      role,
      timeZone,
    });
  return {
    mover: await enter("Mona", "tutor", "Europe/Berlin"),
    undoer: await enter("Udo", "tutor", "America/St_Johns"),
    students: [
      await enter("Sam", "student", "Europe/London"),
      await enter("Suri", "student", "Asia/Kolkata"),
    ],
  };
}

/** @returns what must stay alive, except for what is known only once Segue has stopped */
export async function live(
  url: string,
  { mover, undoer, students }: Cast,
): Promise<Omit<Alive, "at" | "env" | "rows">> {
  const [first, second] = students;
  if (!first || !second) throw new Error("The scenario needs two students");
  await connectZoom(mover);
  await connectZoom(undoer);
  // The demo has a lesson that begins in a moment; its people are notified of the switch at once.
  if ((await lessonsOf(mover)).length === 0) await book(mover, first, "Geology", inMinutes(12));
  await book(mover, first, "Astronomy", inMinutes(WEEK_MINUTES + 77), 3);
  await book(undoer, second, "Botany", inMinutes(WEEK_MINUTES), 2);
  // This request is left unanswered.
  await ask(undoer, first, "Cartography", inMinutes(3 * WEEK_MINUTES), 1);
  await haveRooms(mover, undoer);
  await first.json("/api/preferences", guardian, "PATCH");
  await move(mover);
  const undone = await move(undoer);
  await undoer.json(`/api/migrations/${undone}/undo`, {});
  await atRest(undoer);
  const [soonest] = await lessonsOf(mover);
  const entered = leadsTo(await first.ask(`/sessions/${soonest?.id}/join`));
  if (entered.href !== roomOf(soonest)) throw new Error(`The lesson wasn't open: ${entered}`);
  await until("the student is told", async () => (await first.json<[]>("/api/notes")).length > 0);
  const feeds = [];
  for (const reader of [mover, first]) feeds.push(await feedOf(url, reader));
  const lessons = [...(await lessonsOf(mover)), ...(await lessonsOf(undoer))];
  const emails = new Map<string, string>();
  for (const student of students) {
    emails.set((await student.json<{ id: string }>("/api/me")).id, student.signIn.email);
  }
  return {
    standIns: new URL(roomOf(lessons[0])).origin,
    signIns: [mover, undoer, ...students].map((person) => person.signIn),
    connections: { [mover.signIn.email]: "google_meet", [undoer.signIn.email]: "zoom" },
    // Students without an account follow links of their own, and nobody signs in as them.
    lessons: lessons
      .flatMap((lesson) => {
        const student = emails.get(lesson.student.id);
        const link = `/sessions/${lesson.id}/join`;
        const room = roomOf(lesson).replace(/^https?:\/\/[^/]+/, "");
        return student ? [{ link, student, startsAt: lesson.scheduledStartAt, room }] : [];
      })
      .sort((a, b) => a.startsAt.localeCompare(b.startsAt)),
    feeds,
  };
}

const guardian = {
  remindDay: true,
  remindHour: true,
  roomNews: true,
  guardianEmail: "guardian@people.example",
};

async function connectZoom(tutor: Visitor): Promise<void> {
  const { connection } = await tutor.json<{ connection: unknown }>("/api/connection");
  if (connection) return;
  const query = await consent(tutor, "zoom", tutor.signIn.email.replace("@", "@zoom."));
  if (query.get("success") !== "true") throw new Error(`Zoom was not connected: ${query}`);
}

/**
 * Switches, and waits until the migration has settled, past the callback's deadline if necessary. @returns
 * the migration's id
 */
async function move(tutor: Visitor): Promise<string> {
  const query = await consent(tutor, "google", tutor.signIn.email.replace("@", "@google."));
  if (query.get("success") !== "true") throw new Error(`The switch failed: ${query}`);
  return atRest(tutor);
}

async function ask(
  tutor: Visitor,
  student: Visitor,
  subject: string,
  startsAt: string,
  repeatWeekly: number,
): Promise<string> {
  const { id: tutorId } = await tutor.json<{ id: string }>("/api/me");
  const wish = { tutorId, subject, startsAt, durationMinutes: 30, repeatWeekly };
  const asked = await student.json<{ id: string }>("/api/bookings", {
    ...wish,
    timeZone: "Europe/Berlin",
  });
  return asked.id;
}

async function book(
  tutor: Visitor,
  student: Visitor,
  subject: string,
  startsAt: string,
  repeatWeekly = 1,
): Promise<void> {
  const id = await ask(tutor, student, subject, startsAt, repeatWeekly);
  await tutor.json(`/api/bookings/${id}/accept`, {});
}

async function lessonsOf(tutor: Visitor): Promise<Lesson[]> {
  const all = await tutor.json<Lesson[]>("/api/sessions");
  return all
    .filter(({ status }) => status === "SCHEDULED" || status === "JOIN_OPEN")
    .sort((a, b) => a.scheduledStartAt.localeCompare(b.scheduledStartAt));
}

function roomOf(lesson: Lesson | undefined): string {
  if (!lesson?.room) throw new Error(`The lesson ${lesson?.id} has no room`);
  return lesson.room.url;
}

const haveRooms = (...tutors: Visitor[]) =>
  until("all lessons have their rooms", async () => {
    const lessons = (await oneByOne(tutors, lessonsOf)).flat();
    return lessons.every(({ linkState }) => linkState === "ready");
  });

async function atRest(tutor: Visitor): Promise<string> {
  let id = "";
  await until("the migration is complete", async () => {
    const [newest] = await tutor.json<{ id: string; status: string }[]>("/api/migrations");
    id = newest?.id ?? "";
    return newest?.status === "completed";
  });
  await haveRooms(tutor);
  return id;
}

async function feedOf(url: string, reader: Visitor): Promise<Alive["feeds"][number]> {
  const { url: address } = await reader.json<{ url: string }>("/api/calendar", {});
  const { pathname } = new URL(address);
  return { path: pathname, uids: uidsOf(await (await fetch(url + pathname)).text()) };
}

/** The UIDs in an iCalendar file, whose long lines continue after a line break and a space. */
export const uidsOf = (calendar: string): string[] =>
  [...calendar.replaceAll("\r\n ", "").matchAll(/^UID:(.+?)\r?$/gm)]
    .map(([, uid]) => uid ?? "")
    .sort();

async function oneByOne<T, R>(list: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of list) done.push(await work(one));
  return done;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + REST_WITHIN_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await delay(200);
  }
}

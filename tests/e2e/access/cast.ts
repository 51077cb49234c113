/** The people of the matrix: what each shows with a request, and what they have that others may not have. */
import { z } from "zod";
import type { App } from "#tests/harness/app.ts";
import { ask, held } from "#tests/harness/visitors/ask.ts";
import {
  asBrowser,
  asProgram,
  book,
  connect,
  mailed,
  request,
  signIn,
  signUp,
  unsigned,
  type Visitor,
} from "#tests/harness/visitors/person.ts";
import type { Person } from "./decided.ts";

const PASSWORD = "seven-lanterns-over-riga";

export interface Cast {
  app: App;
  /** The headers by which each of them shows who they are. */
  shown: Record<Person, Record<string, string>>;
  tutor: Visitor;
  student: Visitor;
  /** Somebody who signs in or out without being in the matrix. */
  bystander: Visitor;
  /** What is the tutor's and the student's, and nobody else's. */
  theirs: Record<
    "sessions" | "bookings" | "migrations" | "notes" | "students" | "change-requests",
    string
  >;
  tokens: { feed: string; asked: string; door: string; confirmation: string };
  /** Makes another one of the same kind, for a verb that uses its target up. */
  another(kind: keyof Cast["theirs"]): Promise<string>;
}

export async function gather(app: App): Promise<Cast> {
  const person = async (role: Visitor["role"], name: string, isConfirmed = true) => {
    const email = `${name.toLowerCase().replaceAll(" ", ".")}@people.example`;
    const visitor = await signUp(app, { role, name, email, password: PASSWORD });
    if (isConfirmed) await app.command("confirm", email);
    return visitor;
  };
  const tutor = await person("tutor", "Tutor Six");
  const student = await person("student", "Student Six");
  const otherTutor = await person("tutor", "Tutor Seven");
  const otherStudent = await person("student", "Student Seven");
  const newTutor = await person("tutor", "New Tutor", false);
  const newStudent = await person("student", "New Student", false);
  const bystander = await person("student", "Bystander", false);
  const support = await person("student", "Support");
  await app.command("make-admin", support.email);

  const leaving = await person("student", "Leaving", false);
  const password = { password: leaving.password };
  await post(app, "/api/account/delete", asBrowser(leaving), password);
  const over = await signIn(app, tutor);
  await post(app, "/api/account/sign-out", asProgram(over));
  const row = await keptToken(app, tutor);

  let hour = 0;
  const wish = () => ({ subject: "Mathematics", hour: hour++ });
  await connect(app, tutor, "zoom");
  const sessions = await book(app, student, tutor, wish());
  // Of a lesson for which nobody asks for another time.
  const door = await mailed(app, student.email, /\/j\/(\w+)/);
  const refresh = async () => {
    const path = "/api/sessions/migrate-provider";
    return String((await post(app, path, asProgram(tutor))).migrationId);
  };
  const writeDown = async () => {
    const named = { name: "Somebody", timeZone: "Europe/Berlin" };
    return String((await post(app, "/api/students", asProgram(tutor), named)).id);
  };
  const askedFor = async (id: string) => {
    const body = { startsAt: new Date(Date.now() + 400 * 86_400_000 + 3_600_000 * hour++) };
    const path = `/api/sessions/${id}/ask`;
    const lesson = await post(app, path, asProgram(student), { ...body, timeZone: "Etc/UTC" });
    return z.object({ id: z.uuid() }).parse(lesson.changeRequest).id;
  };
  const another: Cast["another"] = async (kind) => {
    if (kind === "students") return writeDown();
    if (kind === "change-requests") return askedFor(await another("sessions"));
    if (kind === "sessions") return book(app, student, tutor, wish());
    return kind === "migrations" ? refresh() : request(app, student, tutor, wish());
  };
  return {
    app,
    shown: {
      nobody: {},
      "a bearer that was signed out": asProgram(over),
      "a cookie of a deleted account": asBrowser(leaving),
      "a row of the table of sign-ins, as bearer": { authorization: `Bearer ${row}` },
      "a row of the table of sign-ins, as cookie": { cookie: `better-auth.session_token=${row}` },
      "a token without its signature, as bearer": {
        authorization: `Bearer ${tutor.bearer.split(".", 1)[0]}`,
      },
      "a token without its signature, as cookie": { cookie: unsigned(tutor) },
      "an unconfirmed tutor": asBrowser(newTutor),
      "an unconfirmed student": asBrowser(newStudent),
      "the tutor, by cookie": asBrowser(tutor),
      "the tutor, by bearer": asProgram(tutor),
      "another tutor": asBrowser(otherTutor),
      "the student": asBrowser(student),
      "another student": asBrowser(otherStudent),
      // Becoming support ended the sign-ins before it.
      support: asBrowser(await signIn(app, support)),
    },
    tutor,
    student,
    bystander,
    theirs: {
      sessions,
      bookings: await request(app, student, tutor, wish()),
      migrations: await refresh(),
      notes: await noteFor(app, student, sessions),
      students: await writeDown(),
      "change-requests": await another("change-requests"),
    },
    tokens: {
      feed: await feedOf(app, student),
      asked: await guardianOf(app, student),
      door,
      confirmation: await mailed(app, bystander.email, /confirm-address\?token=(\S+)/),
    },
    another,
  };
}

async function post(app: App, path: string, headers: Record<string, string>, body?: unknown) {
  return held(await ask(app.url, { method: "POST", path, headers, body }), 200, 201, 202, 204);
}

/** The token as the table of sign-ins holds it, which anybody has who reads a backup. */
async function keptToken(app: App, { id }: Visitor): Promise<string> {
  const said = await app.command(
    "sql",
    `select token from identity.session where user_id = '${id}' limit 1`,
  );
  return z.string().parse(/[0-9a-f]{64}|[\w-]{43}/.exec(JSON.stringify(said))?.[0]);
}

/** A note is written minutes after a switch, for which nobody waits here. */
async function noteFor(app: App, reader: Visitor, session: string) {
  const id = crypto.randomUUID();
  await app.command(
    "sql",
    `insert into notes (id, person_id, session_id, kind, to_provider, created_at)
     values ('${id}', '${reader.id}', '${session}', 'moved', 'zoom', now())`,
  );
  return id;
}

async function feedOf(app: App, person: Visitor): Promise<string> {
  const { url } = await post(app, "/api/calendar", asProgram(person));
  return /([\w-]+)\.ics$/.exec(String(url))?.[1] ?? "";
}

async function guardianOf(app: App, student: Visitor): Promise<string> {
  const guardianEmail = "guardian.six@people.example";
  const asked = { method: "PATCH", path: "/api/preferences", headers: asProgram(student) };
  held(await ask(app.url, { ...asked, body: { guardianEmail } }), 200);
  return mailed(app, guardianEmail, /\/asked\/([\w-]+)/);
}

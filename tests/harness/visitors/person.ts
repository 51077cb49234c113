/** People who have no browser: they sign up, connect and book over HTTP, and can show who they are in any way. */
import { setTimeout as delay } from "node:timers/promises";
import type { App } from "#tests/harness/app.ts";
import { PATIENCE_MS } from "#tests/harness/patience.ts";
import { ask, held } from "./ask.ts";

const COOKIE = "better-auth.session_token";
const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface Visitor {
  id: string;
  name: string;
  email: string;
  password: string;
  role: "tutor" | "student";
  /** The whole `Cookie` header of the sign-in that began with signing up. */
  cookie: string;
  /** What stands behind `Bearer `, of the same sign-in. */
  bearer: string;
}

export const asBrowser = ({ cookie }: Pick<Visitor, "cookie">) => ({ cookie });
export const asProgram = ({ bearer }: Pick<Visitor, "bearer">) => ({
  authorization: `Bearer ${bearer}`,
});

type Who = Pick<Visitor, "name" | "email" | "password" | "role">;

/** @returns somebody whose address nobody has confirmed */
export async function signUp(app: App, who: Who): Promise<Visitor> {
  const answer = await ask(app.url, {
    method: "POST",
    path: "/api/account/sign-up/email",
    body: { ...who, timeZone: "Europe/Berlin" },
  });
  const { user } = held(answer, 200) as { user: { id: string } };
  return { ...who, id: user.id, ...shownBy(answer.headers) };
}

/** Begins a further sign-in. */
export async function signIn(app: App, { email, password }: Pick<Visitor, "email" | "password">) {
  const path = "/api/account/sign-in/email";
  const answer = await ask(app.url, { method: "POST", path, body: { email, password } });
  held(answer, 200);
  return shownBy(answer.headers);
}

function shownBy(headers: Headers): Pick<Visitor, "cookie" | "bearer"> {
  const set = headers.getSetCookie().find((cookie) => cookie.startsWith(COOKIE)) ?? "";
  return { cookie: set.split(";", 1)[0] ?? "", bearer: headers.get("set-auth-token") ?? "" };
}

/** The token in a cookie without what signs it: what the database was given before it kept hashes. */
export function unsigned({ cookie }: Pick<Visitor, "cookie">): string {
  const value = decodeURIComponent(cookie.slice(COOKIE.length + 1));
  return `${COOKIE}=${value.split(".", 1)[0]}`;
}

/** Goes through the stand-in's consent page, with an account there that has the tutor's own address. */
export async function connect(
  app: App,
  tutor: Visitor,
  provider: "google" | "zoom",
): Promise<void> {
  const headers = asProgram(tutor);
  const begun = await ask(app.url, { path: `/api/auth/${provider}`, headers });
  const consented = await fetch(begun.headers.get("location") ?? "", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ account: tutor.email, decision: "allow" }),
  });
  await consented.arrayBuffer();
  const { pathname, search } = new URL(consented.headers.get("location") ?? "");
  const back = await ask(app.url, { path: pathname + search, headers });
  const leadsTo = back.headers.get("location") ?? "";
  if (!leadsTo.includes("success=true")) throw new Error(`The consent led to ${leadsTo}`);
}

interface Wish {
  subject: string;
  /** Which hour from the day after tomorrow on; each lesson of a tutor takes another. */
  hour: number;
}

/** @returns the id of a booking that waits for the tutor's answer */
export async function request(app: App, from: Visitor, to: Visitor, wish: Wish): Promise<string> {
  const startsAt = new Date(Math.ceil(Date.now() / HOUR) * HOUR + 2 * DAY + wish.hour * HOUR);
  const answer = await ask(app.url, {
    method: "POST",
    path: "/api/bookings",
    headers: asProgram(from),
    body: {
      tutorId: to.id,
      subject: wish.subject,
      startsAt: startsAt.toISOString(),
      durationMinutes: 30,
      timeZone: "Europe/Berlin",
    },
  });
  return String(held(answer, 201).id);
}

/** @returns the id of a lesson that has been agreed on */
export async function book(app: App, from: Visitor, to: Visitor, wish: Wish): Promise<string> {
  const path = `/api/bookings/${await request(app, from, to, wish)}/accept`;
  const answer = await ask(app.url, { method: "POST", path, headers: asProgram(to) });
  return String((held(answer, 200).sessionIds as string[])[0]);
}

/** The first group of the pattern in a mail to that address, once it has come. */
export async function mailed(app: App, email: string, pattern: RegExp): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const answer = await fetch(`${app.sandboxUrl}/inbox.json?to=${encodeURIComponent(email)}`);
    const mails = (await answer.json()) as { text: string }[];
    const found = mails.map(({ text }) => pattern.exec(text)?.[1]).find(Boolean);
    if (found) return found;
    await delay(50);
  }
  throw new Error(`No mail to ${email} holds ${pattern}`);
}

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

/** Begins a further sign-in. @throws where the password is wrong */
export async function signIn(app: App, who: Pick<Visitor, "email" | "password">) {
  const shown = await trySignIn(app, who);
  if (!shown) throw new Error(`${who.email} can't sign in`);
  return shown;
}

/** @returns null where the password is wrong, or nobody has that address */
export async function trySignIn(
  app: App,
  { email, password }: Pick<Visitor, "email" | "password">,
): Promise<Pick<Visitor, "cookie" | "bearer"> | null> {
  const path = "/api/account/sign-in/email";
  const answer = await ask(app.url, { method: "POST", path, body: { email, password } });
  return answer.status === 200 ? shownBy(answer.headers) : null;
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

/**
 * Goes to the stand-in's consent page, which has an account with that address.
 * @param headers by which the tutor shows who they are
 * @returns path and query of the way back; null where there is no way to that page
 */
export async function consent(
  app: App,
  provider: "google" | "zoom",
  headers: Record<string, string>,
  account: string,
): Promise<string | null> {
  const pressed = { "sec-fetch-site": "same-origin" };
  const begun = await ask(app.url, {
    path: `/api/auth/${provider}`,
    headers: { ...pressed, ...headers },
  });
  const page = begun.headers.get("location") ?? "";
  if (begun.status !== 302 || page.startsWith(app.url)) return null;
  const consented = await fetch(page, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ account, decision: "allow" }),
  });
  await consented.arrayBuffer();
  const { pathname, search } = new URL(consented.headers.get("location") ?? "");
  return pathname + search;
}

/** Connects an account that has the tutor's own address. */
export const connect = (app: App, tutor: Visitor, provider: "google" | "zoom"): Promise<void> =>
  connectAs(app, provider, asProgram(tutor), tutor.email);

/** @param headers by which the tutor shows who they are */
export async function connectAs(
  app: App,
  provider: "google" | "zoom",
  headers: Record<string, string>,
  account: string,
): Promise<void> {
  const path = await consent(app, provider, headers, account);
  const back = path === null ? null : await ask(app.url, { path, headers });
  const leadsTo = back?.headers.get("location") ?? "";
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

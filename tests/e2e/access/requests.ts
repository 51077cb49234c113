/** How each line of the table is asked, and what an answer is called there. */
import { betterAuth } from "better-auth";
import { bearer } from "better-auth/plugins";
import { operations } from "#server/openapi/operations.ts";
import type { Answer, Question } from "#tests/harness/visitors/ask.ts";
import { pagePaths } from "#tests/harness/visitors/pagePaths.ts";
import type { Cast } from "./cast.ts";

export const OTHERS = "ANY /api/account/{other}";

/** All that can be asked for, by "METHOD /path". */
export const everything: string[] = [
  ...operations.map(({ method, path }) => `${method} ${path}`),
  ...pagePaths().map((path) => `GET ${path}`),
  "POST /api/cli",
  OTHERS,
];

interface Endpoint {
  path?: string;
  options?: { method?: string | string[] };
}

/** What sign-in's library would answer if it were let, without what is ours. */
export function librarysOwn(): string[] {
  const { api } = betterAuth({
    baseURL: "http://127.0.0.1",
    emailAndPassword: { enabled: true },
    secret: "a-secret-that-is-used-for-nothing",
    plugins: [bearer()],
  });
  const own = new Set(everything);
  return Object.values(api as Record<string, Endpoint>).flatMap(({ path, options }) =>
    [options?.method ?? []].flat().flatMap((method) => {
      const name = `${method} /api/account${path?.replaceAll(/:\w+/g, "some")}`;
      return path === undefined || method === "*" || own.has(name) ? [] : name;
    }),
  );
}

let later = 0;
let newcomers = 0;

/** Far from each other and from every lesson that the cast has booked. */
const nextHour = () =>
  new Date(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1, later++)).toISOString();

/** Valid wherever one is needed, so that nothing but who asks decides. */
const bodies: Record<string, (cast: Cast) => unknown> = {
  "POST /api/language": () => ({ language: "en" }),
  "POST /api/demo/enter": () => ({ as: "tutor" }),
  "POST /api/webhooks/zoom": () => ({ event: "meeting.deleted" }),
  "POST /api/cli": () => ({ command: "sql", args: ["select 1"] }),
  "POST /api/asked/{token}": () => ({ answer: "yes" }),
  "POST /api/account/confirm-address": ({ tokens }) => ({ token: tokens.confirmation }),
  "POST /api/account/disown": () => ({ token: "a".repeat(43), answer: "delete" }),
  "POST /api/account/reset-password": ({ tutor }) => ({
    token: "a".repeat(43),
    newPassword: tutor.password,
  }),
  "POST /api/account/sign-up/email": ({ tutor }) => ({
    name: "Newcomer",
    email: `newcomer.${newcomers++}@people.example`,
    password: tutor.password,
    role: "student",
    timeZone: "Europe/Berlin",
  }),
  "POST /api/account/sign-in/email": ({ bystander: { email, password } }) => ({ email, password }),
  "POST /api/account/request-password-reset": ({ bystander: { email } }) => ({ email }),
  "POST /api/account/change-address": () => ({
    email: "other@people.example",
    password: "a wrong password",
  }),
  "POST /api/account/change-password": ({ tutor }) => ({
    password: "a wrong password",
    newPassword: tutor.password,
  }),
  "POST /api/account/delete": () => ({ password: "a wrong password" }),
  "PATCH /api/me": () => ({ timeZone: "Europe/Berlin" }),
  "PATCH /api/preferences": () => ({ remindHour: true }),
  "POST /api/bookings": ({ tutor }) => ({
    tutorId: tutor.id,
    subject: "Mathematics",
    startsAt: nextHour(),
    durationMinutes: 30,
    timeZone: "Europe/Berlin",
  }),
  "POST /api/students": () => ({ name: "Somebody", timeZone: "Europe/Berlin" }),
  "PATCH /api/students/{id}": () => ({ note: "Fractions" }),
  "POST /api/students/{id}/ask-again": () => ({ kind: "student" }),
  "POST /api/students/{id}/lessons": () => ({
    subject: "Mathematics",
    startsAt: nextHour(),
    durationMinutes: 30,
    timeZone: "Europe/Berlin",
  }),
  "POST /api/sessions/{id}/reschedule": () => ({ startsAt: nextHour() }),
  "POST /api/sessions/{id}/ask": () => ({ startsAt: nextHour(), timeZone: "Europe/Berlin" }),
  "POST /j/{token}/ask": () => ({ startsAt: "2020-01-01T00:00:00Z", timeZone: "Europe/Berlin" }),
  "POST /api/zone-changes": () => ({ keep: "instant" }),
  "POST /api/sessions/{id}/own-link": () => ({ url: "https://zoom.us/j/123456789" }),
};

const queries: Record<string, (cast: Cast) => string> = {
  "GET /api/migrations/preview": () => "?provider=google_meet",
  "GET /confirm-address": ({ tokens }) => `?token=${tokens.confirmation}`,
  "GET /confirm-address/not-me": ({ tokens }) => `?token=${tokens.confirmation}`,
  "GET /reset-password": () => `?token=${"a".repeat(43)}`,
  "GET /support": ({ tutor }) => `?who=${tutor.id}`,
};

/** As a browser says that one of our own pages was pressed. */
const pressed = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" };

export async function questionFor(cast: Cast, name: string, fresh: boolean): Promise<Question> {
  const [method = "", path = ""] = name.split(" ");
  const kind = /\/(sessions|bookings|migrations|notes|students|change-requests)\/\{id\}/.exec(
    path,
  )?.[1];
  const target = (kind ?? "sessions") as keyof Cast["theirs"];
  // Lessons were entered for the one of the lines above.
  const isOwnTarget = fresh || name === "DELETE /api/students/{id}";
  const id = isOwnTarget ? await cast.another(target) : cast.theirs[target];
  const token = cast.tokens[tokenIn(path)];
  const filled = path
    .replace("{id}", id)
    .replace("{token}", token)
    .replace("{who}", cast.tutor.id)
    .replace("{provider}", "zoom");
  const headers = path.startsWith("/api/auth/") ? pressed : { accept: acceptedFor(path) };
  if (name === "POST /asked/{token}/never") {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    return { method, path: filled, headers: form, body: "List-Unsubscribe=One-Click" };
  }
  const body = bodies[name]?.(cast);
  return {
    method,
    path: filled + (queries[name]?.(cast) ?? ""),
    headers,
    ...(body !== undefined && { body }),
  };
}

const acceptedFor = (path: string) => (path.startsWith("/api/") ? "application/json" : "text/html");

/** What the table calls this answer. */
export function nameOf(cast: Cast, { status, headers, text }: Answer): string {
  const location = headers.get("location");
  if (location !== null && status >= 300 && status < 400) return `>${placeOf(cast, location)}`;
  const isUnconfirmed = status === 403 && text.includes('"code":"address_unconfirmed"');
  return isUnconfirmed ? "403u" : `${status}`;
}

function placeOf({ app }: Cast, location: string): string {
  const { origin, pathname, searchParams } = new URL(location, app.url);
  if (origin !== app.url) return /oauth|authorize|\/o\//.test(pathname) ? "consent" : "room";
  const error = searchParams.get("error");
  if (error !== null) return error;
  return /^\/(asked(?=\/)|.*?waiting$|[^/]*)/.exec(pathname)?.[0].split("/").at(-1) ?? pathname;
}

/** Which of the tokens a path holds. */
function tokenIn(path: string): "feed" | "door" | "asked" {
  if (path.startsWith("/calendar/")) return "feed";
  return path.startsWith("/j/") ? "door" : "asked";
}

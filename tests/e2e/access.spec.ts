/**
 * The access matrix: every route of the contract, requested as everybody. A route that is missing from the
 * table of operations fails here, before anybody can forget to protect it.
 */
import { globSync } from "node:fs";
import { type APIRequestContext, type APIResponse, expect } from "@playwright/test";
import type { Operation } from "#server/openapi/operation.ts";
import { operations } from "#server/openapi/operations.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, consent, lessonPlan, newPerson, type TestPerson } from "./people.ts";
import { withoutLimits } from "./sandbox.ts";

let app: App;
let tutor: TestPerson;
let student: TestPerson;
let otherTutor: TestPerson;
let otherStudent: TestPerson;
let nobody: APIRequestContext;
let ids: Record<string, string>;
/** The token of the tutor's calendar feed. */
let token: string;

test.beforeAll(async ({ browser, playwright }) => {
  app = await startApp({ env: { METRICS_TOKEN: "a-token-for-tests" } });
  await withoutLimits(app);
  tutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Six" });
  student = await newPerson(browser, app, { role: "student", name: "Student Six" });
  otherTutor = await newPerson(browser, app, { role: "tutor", name: "Tutor Seven" });
  otherStudent = await newPerson(browser, app, { role: "student", name: "Student Seven" });
  nobody = await playwright.request.newContext({ baseURL: app.url });
  await consent(tutor, "Connect Zoom", "host@zoom.example");
  const [session] = await bookLessons(tutor, student, lessonPlan(1));
  const refreshed = await (await tutor.api.post("/api/sessions/migrate-provider")).json();
  const feed = await (await tutor.api.post("/api/calendar")).json();
  token = /([\w-]+)\.ics$/.exec(feed.url)?.[1] ?? "";
  ids = {
    sessions: session?.id ?? "",
    bookings: session?.bookingId ?? "",
    migrations: refreshed.migrationId,
    // Notes are written minutes after a switch, so none exists yet. The database tests prove that a note can
    // be reached only by the person it belongs to.
    notes: crypto.randomUUID(),
  };
});

test.afterAll(async () => {
  await nobody?.dispose();
  await app?.stop();
});

/** Excludes sign-in, which is open to all and has its own tests, and the consent routes, which redirect. */
const isJson = ({ path }: Operation) => !/^\/api\/(account|auth)\//.test(path);
const idFor = (path: string) =>
  ids[/\/(sessions|bookings|migrations|notes)\/\{id\}/.exec(path)?.[1] ?? ""];
/** The body below is valid wherever one is needed, so that only the caller's identity decides here. */
const pathOf = ({ path }: Operation) =>
  path
    .replace("{id}", idFor(path) ?? "")
    .replace("{who}", tutor.id)
    .replace("{token}", token);
const ask = (api: APIRequestContext, operation: Operation) => {
  const { method, body, query } = operation;
  return api.fetch(pathOf(operation), {
    method,
    maxRedirects: 0,
    ...(query && { params: { provider: "google_meet" } }),
    ...(body && {
      data: { startsAt: "2099-01-01T10:00:00Z", url: "https://zoom.us/j/1", language: "en" },
    }),
  });
};

/** Reads the JSON, or what an event stream sent before it ended: this migration is settled. */
async function answered(answer: APIResponse): Promise<unknown> {
  const text = await answer.text();
  if (!answer.headers()["content-type"]?.includes("event-stream")) return JSON.parse(text);
  expect(text).toMatch(/^id: \d+-\w+\ndata: \{.*\}$/m);
  return text;
}

test("every route that exists is in the contract, and vice versa", () => {
  const routes = globSync("app/**/route.ts")
    .map((file) => `/${file.replace(/^app\//, "").replace(/\/route\.ts$/, "")}`)
    .map((path) =>
      path.replace("calendar/[token]", "calendar/{token}.ics").replace(/\[(\w+)\]/, "{$1}"),
    )
    // Left out are the command line's own route and all that better-auth answers.
    .filter((path) => path !== "/api/cli" && !path.startsWith("/api/account/"));
  const described = operations.map(({ path }) => path);
  expect(routes.filter((path) => !described.includes(path))).toEqual([]);
  expect(
    described.filter((path) => !path.startsWith("/api/account/") && !routes.includes(path)),
  ).toEqual([]);
});

test("without sign-in, only what is open to anyone answers", async () => {
  for (const operation of operations.filter(isJson)) {
    const status = (await ask(nobody, operation)).status();
    const where = `${operation.method} ${operation.path}`;
    if (operation.path.includes("/asked/")) continue;
    if (operation.may === "anyone") expect(Object.keys(operation.answers)).toContain(`${status}`);
    // A person clicked this link, so they are sent to sign in.
    else expect(status, where).toBe(operation.path.endsWith("/join") ? 303 : 401);
  }
});

test("by a link that was never mailed, nobody answers, whoever is signed in", async () => {
  const asked = operations.filter(({ path }) => path.includes("/asked/"));
  expect(asked).toHaveLength(3);
  for (const operation of asked) {
    for (const api of [nobody, tutor.api, student.api]) {
      const answer = await api.fetch(operation.path.replace("{token}", "a".repeat(52)), {
        method: operation.method,
        maxRedirects: 0,
        ...(operation.method === "POST" &&
          (operation.path.startsWith("/api/")
            ? { data: { answer: "yes" } }
            : { form: { "List-Unsubscribe": "One-Click" } })),
      });
      const expected = operation.method === "GET" ? 303 : 404;
      expect(answer.status(), `${operation.method} ${operation.path}`).toBe(expected);
    }
  }
});

test("another role is refused", async () => {
  for (const operation of operations.filter(isJson)) {
    if (typeof operation.may === "string") continue;
    const outsider = operation.may.includes("tutor") ? student : tutor;
    const status = (await ask(outsider.api, operation)).status();
    expect(status, `${operation.method} ${operation.path}`).toBe(403);
  }
});

test("other people's lessons, bookings and migrations don't exist for anybody else", async () => {
  const owned = operations.filter((operation) => isJson(operation) && idFor(operation.path));
  expect(owned.length).toBeGreaterThan(8);
  for (const operation of owned) {
    for (const stranger of [otherTutor, otherStudent]) {
      const isRole = typeof operation.may !== "string";
      if (isRole && stranger === otherStudent) continue;
      const answer = await ask(stranger.api, operation);
      const where = `${operation.method} ${operation.path}`;
      if (operation.path.endsWith("/join")) {
        expect(answer.headers().location, where).toContain(`/sessions/${ids.sessions}/waiting`);
      } else expect(answer.status(), where).toBe(404);
    }
  }
});

test("the room's address is for the tutor alone", async () => {
  const [mine] = await (await tutor.api.get("/api/sessions")).json();
  const [theirs] = await (await student.api.get("/api/sessions")).json();
  expect(mine.room.url).toContain("/zoom/j/");
  expect(JSON.stringify(theirs)).not.toContain("/zoom/");
});

test("answers are what the contract says", async () => {
  const readable = operations.filter(
    ({ method, path, may }) =>
      method === "GET" &&
      path.startsWith("/api/") &&
      (may === "signed-in" || (Array.isArray(may) && may.includes("tutor"))),
  );
  for (const operation of readable) {
    const answer = await ask(tutor.api, operation);
    const schema = operation.answers[answer.status()];
    const parsed = schema?.safeParse(await answered(answer));
    expect(parsed?.success, `${operation.path}: ${parsed?.error}`).toBe(true);
  }
});

test("a change on behalf of another site is refused", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { origin: "null" },
  ];
  for (const headers of foreign) {
    const answer = await tutor.api.delete("/api/connection", { headers });
    expect(answer.status()).toBe(403);
  }
  expect(await (await tutor.api.get("/api/connection")).json()).toMatchObject({
    connection: { status: "connected" },
  });
});

test("a mistake in the input names its field, and an id that is none finds nothing", async () => {
  const answer = await student.api.post("/api/bookings", {
    data: { tutorId: tutor.id, subject: "", startsAt: "tomorrow", durationMinutes: 30 },
  });
  expect(answer.status()).toBe(400);
  expect(answer.headers()["content-type"]).toContain("application/problem+json");
  expect(await answer.json()).toMatchObject({ code: "invalid_input", field: "subject" });
  expect((await tutor.api.get("/api/sessions/not-an-id")).status()).toBe(404);
});

test("the command line's door opens to its secret only", async () => {
  const guesses: Record<string, string>[] = [{}, { authorization: "Bearer guess" }];
  for (const headers of guesses) {
    const data = { command: "sql", args: ["select 1"] };
    expect((await nobody.post("/api/cli", { headers, data })).status()).toBe(404);
  }
});

/**
 * The matrices: every operation of the contract, every page and every endpoint of sign-in, asked as everybody.
 * What the answer is to be stands in `access/decided.ts`. Whatever is missing there fails here, before anybody
 * can forget to protect it.
 */
import { globSync } from "node:fs";
import { expect } from "@playwright/test";
import { operations } from "#server/openapi/operations.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { inWhole } from "#tests/harness/extent.ts";
import { test } from "#tests/harness/fixtures.ts";
import { type Answer, ask, held } from "#tests/harness/visitors/ask.ts";
import { asBrowser, asProgram } from "#tests/harness/visitors/person.ts";
import { type Cast, gather } from "./access/cast.ts";
import {
  decided,
  type Group,
  groups,
  type Person,
  people,
  takesItsTarget,
} from "./access/decided.ts";
import { everything, librarysOwn, nameOf, OTHERS, questionFor } from "./access/requests.ts";
import { withoutLimits } from "./sandbox.ts";

// The matrix ends with what ends things, and so it comes last.
test.describe.configure({ mode: "serial" });

let app: App;
let cast: Cast;

test.beforeAll(async () => {
  app = await startApp({
    env: { METRICS_TOKEN: "a-token-for-tests", ZOOM_WEBHOOK_SECRET: "a-secret-for-tests" },
  });
  await withoutLimits(app);
  cast = await gather(app);
});

test.afterAll(() => app?.stop());

const columns = Object.entries(people) as [Person, Group][];
const outside = columns.filter(([, group]) => group === "out");

/** Each line is asked by everybody; in the sample, of those who are out, by nobody and one of the others in turn. */
const askedBy = (line: number) => {
  const [nobody, ...others] = outside;
  const sample = [nobody, others[line % others.length]];
  return columns.filter((column) => inWhole(true, column[1] !== "out" || sample.includes(column)));
};

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

test("whatever can be asked for is decided for everybody, and nothing else is", () => {
  expect([...decided.keys()].toSorted()).toEqual(everything.toSorted());
  const undecided = [...decided].flatMap(([name, cells]) =>
    groups.filter((group) => !cells[group]).map((group) => `${name} as ${group}`),
  );
  expect(undecided).toEqual([]);
});

test("the decisions agree with what the contract says of who may call", () => {
  const roles = { "other tutor": "tutor", "other student": "student", support: "admin" } as const;
  for (const { method, path, may, answers } of operations) {
    const name = `${method} ${path}`;
    const cells = decided.get(name) ?? {};
    const isPublished = (cell = "") => cell.startsWith(">") || Object.hasOwn(answers, cell);
    if (may === "signed-in") expect(cells.out, name).toMatch(/^(401|>sign-in)$/);
    if (!Array.isArray(may)) continue;
    expect(cells.out, name).toBe("401");
    for (const [group, role] of Object.entries(roles)) {
      const cell = cells[group as Group];
      if (may.includes(role)) expect(cell, `${name} as ${group}`).not.toBe("403");
      else expect(cell, `${name} as ${group}`).toBe("403");
    }
    if (may.includes("tutor")) expect(isPublished(cells.tutor) || cells.tutor === "409").toBe(true);
  }
});

test("the room's address is for the tutor alone", async () => {
  const lessonOf = async (headers: Record<string, string>) =>
    (await ask(app.url, { path: `/api/sessions/${cast.theirs.sessions}`, headers })).text;
  await expect.poll(() => lessonOf(asProgram(cast.tutor))).toContain("/zoom/j/");
  expect(await lessonOf(asProgram(cast.student))).not.toContain("/zoom/");
});

test("a change on behalf of another site is refused", async () => {
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { origin: "null" },
  ];
  const path = "/api/connection";
  for (const headers of foreign) {
    const from = { ...headers, ...asBrowser(cast.tutor) };
    expect((await ask(app.url, { method: "DELETE", path, headers: from })).status).toBe(403);
  }
  const answer = await ask(app.url, { path, headers: asBrowser(cast.tutor) });
  expect(held(answer, 200)).toMatchObject({ connection: { status: "connected" } });
});

test("a mistake in the input names its field, and an id that is none finds nothing", async () => {
  const answer = await ask(app.url, {
    method: "POST",
    path: "/api/bookings",
    headers: asBrowser(cast.student),
    body: { tutorId: cast.tutor.id, subject: "", startsAt: "tomorrow", durationMinutes: 30 },
  });
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
  expect(held(answer, 400)).toMatchObject({ code: "invalid_input", field: "subject" });
  const headers = asBrowser(cast.tutor);
  expect((await ask(app.url, { path: "/api/sessions/not-an-id", headers })).status).toBe(404);
});

test("the keys of others open nothing: of the command line, and of a mail that never was", async () => {
  const guessed = { authorization: "Bearer guess" };
  const body = { command: "sql", args: ["select 1"] };
  const commands = { method: "POST", path: "/api/cli", headers: guessed, body };
  expect((await ask(app.url, commands)).status).toBe(404);
  for (const headers of [{}, asBrowser(cast.tutor), asBrowser(cast.student)]) {
    const path = `/asked/${"a".repeat(52)}`;
    const answers = [
      await ask(app.url, { path, headers }),
      await ask(app.url, { method: "POST", path: `/api${path}`, headers, body: { answer: "yes" } }),
      await ask(app.url, {
        method: "POST",
        path: `${path}/never`,
        headers,
        body: "List-Unsubscribe=One-Click",
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  }
});

test("everybody is answered as decided, by every operation, page and endpoint", async () => {
  const others = librarysOwn();
  expect(others.length).toBeGreaterThan(20);
  const answered: string[] = [];
  const surprises: string[] = [];
  for (const [line, [name, decisions]] of [...decided].entries()) {
    for (const [person, group] of askedBy(line)) {
      const expected = decisions[group];
      const fresh = takesItsTarget.has(name) && expected === "200";
      for (const asked of name === OTHERS ? others : [name]) {
        const actual = await answerTo(asked, person, fresh);
        answered.push(actual);
        if (actual !== expected)
          surprises.push(`${asked} as ${person}: ${actual}, not ${expected}`);
      }
    }
    await app.command("sql", "delete from limited_uses");
  }
  process.stdout.write(
    `${decided.size} lines, ${columns.length} people: ${answered.length} cells, 0 undecided\n`,
  );
  expect(surprises).toEqual([]);
});

async function answerTo(name: string, person: Person, fresh: boolean): Promise<string> {
  const question = await questionFor(cast, name, fresh);
  const headers = { ...question.headers, ...cast.shown[person] };
  const answer = await ask(app.url, { ...question, headers });
  expectContract(name, answer);
  return nameOf(cast, answer);
}

/** What succeeds has the form that the contract publishes, and what is refused by the API says why. */
function expectContract(name: string, { status, headers, text }: Answer): void {
  const operation = operations.find(({ method, path }) => `${method} ${path}` === name);
  const type = headers.get("content-type") ?? "";
  if (operation && status >= 400) expect(type, name).toBe("application/problem+json");
  const schema = operation?.answers[status];
  if (!schema) return;
  const parsed = schema.safeParse(type.includes("event-stream") ? text : JSON.parse(text));
  expect(parsed.success, `${name}: ${parsed.error}`).toBe(true);
}

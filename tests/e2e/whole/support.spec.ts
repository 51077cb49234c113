/** Support finds a tutor, sees in words what is wrong, and fixes it on the tutor's behalf. */
import { expect, type Locator } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import {
  bookLessons,
  consent,
  lessonPlan,
  newPerson,
  PASSWORD,
  sessionsOf,
  type TestPerson,
  tutorOnZoom,
} from "../people.ts";
import { meetingsAt, setFaults } from "../sandbox.ts";

// Each test continues where the one before stopped.
test.describe.configure({ mode: "serial" });

let app: App;
let admin: TestPerson;
let tutor: TestPerson;
let student: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp();
  admin = await newPerson(browser, app, { role: "tutor", name: "Ada Admin" });
  await app.command("make-admin", admin.email);
  // Earlier sign-ins have ended, since they might be somebody else's.
  await admin.api.post("/api/account/sign-in/email", {
    data: { email: admin.email, password: PASSWORD },
  });
  ({ tutor, student } = await tutorOnZoom(browser, app, "Nine"));
  await bookLessons(tutor, student, lessonPlan(3));
});

test.afterAll(() => app?.stop());

/** What stands behind one verdict: folded where it's fine. */
const check = (name: string): Locator =>
  admin.page
    .locator("details")
    .filter({ has: admin.page.getByRole("heading", { name, level: 3, exact: true }) });

const heading = (name: string | RegExp, level = 2): Locator =>
  admin.page.getByRole("heading", { name, level });

async function search(who: string): Promise<void> {
  await admin.page.getByRole("searchbox", { name: "Find a tutor" }).fill(who);
  await admin.page.getByRole("button", { name: "Search" }).click();
  await admin.page.waitForURL((url) => url.searchParams.get("who") === who);
}

test("for a tutor, a student and a stranger there is no such page, nor its API", async () => {
  for (const { page, api } of [tutor, student]) {
    expect((await page.goto("/support"))?.status()).toBe(404);
    await expect(page.getByRole("link", { name: "Support" })).toHaveCount(0);
    expect((await api.get(`/api/support/tutors/${tutor.id}`)).status()).toBe(403);
    expect((await api.post(`/api/support/tutors/${tutor.id}/check`)).status()).toBe(403);
    expect((await api.post(`/api/support/tutors/${tutor.id}/retry`)).status()).toBe(403);
  }
  const stranger = await fetch(`${app.url}/support`, { redirect: "manual" });
  expect(stranger.headers.get("location")).toContain("/sign-in?returnTo=%2Fsupport");
});

test("an admin comes to Support, and the pages of tutors and students say that they aren't theirs", async () => {
  await admin.page.goto("/");
  await admin.page.waitForURL("**/support");
  await expect(heading("All is well")).toBeVisible();
  const links = admin.page.getByRole("navigation").first().getByRole("link");
  await expect(links).toHaveText(["Support"]);
  for (const path of ["/sessions", "/bookings", "/students", "/tutor/video-setup"]) {
    expect((await admin.page.goto(path))?.status(), path).toBe(404);
    await expect(heading("There is nothing here", 1)).toBeVisible();
  }
  await admin.page.getByRole("link", { name: "Go to the start" }).click();
  await admin.page.waitForURL("**/support");
});

test("an admin finds the tutor by mail, by id, and hears of one who isn't there", async () => {
  await search(tutor.email);
  await expect(heading("Tutor Nine")).toBeVisible();
  expect(new URL(admin.page.url()).searchParams.get("who")).toBe(tutor.email);
  await expect(
    admin.page.getByText("All is well: 3 lessons are ahead, each with its room."),
  ).toBeVisible();
  await expect(check("Lessons ahead")).toContainText("3 lessons ahead: 3 at Zoom");
  await expect(check("What Join opens")).toContainText("Good");
  for (const fold of await admin.page.locator("details").all()) {
    await expect(fold).not.toHaveAttribute("open");
  }
  await search(tutor.id);
  await expect(heading("Tutor Nine")).toBeVisible();
  // The id has done its work, and says nothing to whoever reads it.
  await expect(admin.page.getByRole("searchbox", { name: "Find a tutor" })).toHaveValue("");
  await expect(admin.page.getByText(tutor.id).first()).toBeHidden();
  await search("nobody@people.example");
  await expect(heading("Nobody matches “nobody@people.example”")).toBeVisible();
});

test("a part of a name, or of a student's, leads to a list, and from there to the case", async () => {
  await search("or nin");
  await expect(heading("1 tutor matches “or nin”")).toBeVisible();
  const hit = admin.page.getByRole("listitem").filter({ hasText: "Tutor Nine" });
  await expect(hit).toContainText("Zoom works");
  await expect(hit).toContainText("3 lessons ahead, next ");
  await expect(hit).toContainText("Found by name");
  await search(student.name.slice(0, -1).toUpperCase());
  await expect(hit).toContainText(`Found by student ${student.name}`);
  await admin.page.getByRole("link", { name: "Tutor Nine" }).press("Enter");
  await expect(heading("Tutor Nine")).toBeVisible();
  expect(new URL(admin.page.url()).searchParams.get("who")).toBe(tutor.id);
  await search("ni");
  await expect(heading("Enter at least three characters")).toBeVisible();
});

test("a link to a lesson leads straight to the case, and says so", async () => {
  const [first] = await sessionsOf(tutor);
  await search(`${app.url}/sessions/${first?.id}/join`);
  await expect(heading("Tutor Nine")).toBeVisible();
  await expect(admin.page.getByText(/Found by lesson “Lesson 1/)).toBeVisible();
});

test("a failed move is red with the provider's words, and Retry mends it as support", async () => {
  await setFaults(app, [
    {
      provider: "google",
      operation: "create",
      titleIncludes: "Lesson 2",
      effect: "invalid_request",
    },
  ]);
  await consent(tutor, "Switch to Google Meet", "host@google.example");
  const newest = async () => (await (await tutor.api.get("/api/migrations")).json())[0];
  await expect.poll(newest).toMatchObject({ status: "completed_with_failures", failed: 1 });
  await admin.page.goto("/support");
  await admin.page.getByRole("link", { name: "Tutor Nine" }).click();
  await expect(
    admin.page.getByText("1 lesson couldn’t move to Google Meet. The old room still works."),
  ).toBeVisible();
  await expect(check("Lessons ahead")).toContainText("still at the previous connection (Zoom)");
  await expect(check("Lessons ahead")).toContainText("then press Retry failed");
  await expect(check("Migrations")).toContainText("Needs attention");
  await expect(admin.page.getByText(/^The provider’s answer: /).first()).toBeVisible();
  await setFaults(app, []);
  await admin.page.getByRole("button", { name: "Retry failed" }).click();
  await admin.page.getByRole("button", { name: "Retry 1 lesson" }).click();
  await expect(admin.page.getByText("1 of 1 moved, 0 failed.").first()).toBeVisible();
  await expect(check("Lessons ahead")).toContainText("3 at Google Meet, 0 elsewhere");
  await expect(admin.page.getByRole("button", { name: "Retry failed" })).toHaveCount(0);
  await check("Migrations").getByRole("heading").click();
  await expect(admin.page.getByText(/by support \(Ada Admin\)$/)).toBeVisible();
});

test("a room deleted at the provider is found by Check links and made anew", async () => {
  const [first] = await sessionsOf(tutor);
  const before = first?.room?.externalId;
  await fetch(`${app.sandboxUrl}/control/delete-meeting`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ provider: "google", id: before }),
  });
  await admin.page.getByRole("button", { name: "Check links" }).click();
  await admin.page.getByRole("button", { name: "Check links of Tutor Nine" }).click();
  await expect(admin.page.getByText(/^3 rooms checked: 1 gone/)).toBeVisible();
  await expect.poll(async () => (await sessionsOf(tutor))[0]?.room?.externalId).not.toBe(before);
  expect((await meetingsAt(app, "google")).length).toBeGreaterThan(2);
});

test("a provider written over in SQL is red where it misleads", async () => {
  await app.command("sql", `update sessions set provider = 'zoom' where tutor_id = '${tutor.id}'`);
  await admin.page.goto(`/support?who=${tutor.id}`);
  await expect(check("What Join opens")).toContainText("It says Zoom, but Join opens Google Meet.");
  await expect(check("Lessons ahead")).toContainText("Segue takes a link as the lesson’s new room");
});

test("a dead connection is red, and stands on the first page", async () => {
  await app.command(
    "sql",
    `update tutor_video_provider_connections set connection_status = 'needs_reconnect',
       error_code = 'grant_revoked', error_detail = 'Token has been revoked.' where tutor_id = '${tutor.id}'`,
  );
  await admin.page.goto("/support");
  await expect(admin.page.getByRole("heading", { name: "Connections to reconnect" })).toBeVisible();
  await admin.page.getByRole("link", { name: "Tutor Nine" }).first().click();
  await expect(check("Provider connection")).toContainText("Reason: Token has been revoked.");
  await expect(check("Provider connection")).toContainText("Ask the tutor to press Reconnect");
});

test("Zoom's stand-in gets its challenge answered, and a wrong signature is refused", async () => {
  const answer = await fetch(`${app.sandboxUrl}/control/webhook`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ event: "endpoint.url_validation" }),
  });
  const { status, answer: said } = (await answer.json()) as { status: number; answer: string };
  expect(status).toBe(200);
  expect(JSON.parse(said)).toEqual({
    plainToken: expect.any(String),
    encryptedToken: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const forged = await fetch(`${app.url}/api/webhooks/zoom`, {
    method: "POST",
    headers: { origin: "https://zoom.example", "x-zm-signature": "v0=0" },
    body: "{}",
  });
  expect(forged.status).toBe(401);
});

test("on this machine the figures can be read, and no name or address is in them", async () => {
  const answer = await fetch(`${app.url}/api/metrics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  const text = await answer.text();
  expect(text).toContain('segue_migrations{status="completed"} 1');
  expect(text).toMatch(/segue_provider_call_seconds_count\{provider="zoom",call="createMeeting"/);
  expect(text).toContain("process_resident_memory_bytes");
  expect(text).not.toContain("people.example");
});

test("the doctor in the terminal says the same", async () => {
  const { problems } = (await app.command("doctor", tutor.id)) as { problems: string[] };
  expect(problems[0]).toContain("The tutor needs to reconnect Google Meet. Reason: Token");
});

/** A web process that is told to stop while people are in the middle of something. */
import { expect } from "@playwright/test";
import { type App, startApp } from "#tests/harness/app.ts";
import { test } from "#tests/harness/fixtures.ts";
import { bookLessons, lessonPlan, type TestPerson, tutorOnZoom } from "./people.ts";
import { holdCreates, setFaults } from "./sandbox.ts";

let app: App;
let tutor: TestPerson;

test.beforeAll(async ({ browser }) => {
  app = await startApp({ env: { SWITCH_WAIT_SECONDS: "20", DRAIN_SECONDS: "5" } });
  const people = await tutorOnZoom(browser, app, "Drain");
  tutor = people.tutor;
  await bookLessons(tutor, people.student, lessonPlan(2));
});

test.afterAll(() => app?.stop());

test("a stop cuts nobody off: readiness fails first, a refresh under way and a stream come to their end", async () => {
  await holdCreates(app, "Lesson");
  const { page } = tutor;
  await page.goto("/tutor/video-setup");
  // A request that is answered only when the switch is over, or after twenty seconds.
  const refresh = page.evaluate(async () => {
    const answer = await fetch("/api/sessions/migrate-provider", { method: "POST" });
    return { status: answer.status, whole: (await answer.text()).length > 0 };
  });
  const running = async () => {
    const list: { id: string; status: string }[] = await (
      await tutor.api.get("/api/migrations")
    ).json();
    return list.find(({ status }) => status === "running")?.id;
  };
  await expect.poll(running).toBeDefined();
  const id = await running();
  const stream = page.evaluate(async (migration) => {
    const answer = await fetch(`/api/migrations/${migration}/events`);
    const text = await answer.text();
    return { status: answer.status, text };
  }, id);
  const stopped = app.stop();
  await expect
    .poll(async () => (await fetch(`${app.url}/api/ready`).catch(() => null))?.status)
    .toBe(503);
  await setFaults(app, []);
  expect(await stream).toMatchObject({ status: 200, text: expect.stringContaining("data: ") });
  expect(await refresh).toEqual({ status: 200, whole: true });
  await stopped;
  expect(app.output()).not.toContain("were cut off");
});

/**
 * Google merges a PATCH into what is there, and refuses an event with both `date` and `dateTime` ("Invalid start time.",
 * n8n-io/n8n#35802, gemini-cli-extensions/workspace#435, googleapis/google-api-dotnet-client#740).
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { checkLinks } from "#lib/services/drift/checkLinks.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { betweenCalls, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

interface Times {
  start?: { date?: string | null; dateTime?: string };
}

test("an event that its tutor dragged to all day gets the lesson's new time", async () => {
  await segue.connect(tutor, "google_meet");
  const [id = ""] = await segue.lessons(tutor, student, 1);
  let isAllDay = true;
  between(async (sent, pass) => {
    if (!/\/events\/\w+/.test(sent.url)) return pass();
    if (sent.method === "PATCH" && isAllDay) {
      const { start } = JSON.parse(sent.body) as Times;
      if (start?.dateTime && start.date !== null) {
        const message = "Invalid start time.";
        const errors = [{ domain: "global", reason: "invalid", message }];
        return json(400, { error: { errors, code: 400, message } });
      }
      isAllDay = false;
    }
    const answer = await pass();
    if (sent.method !== "GET" || !isAllDay) return answer;
    const body = (await answer.json()) as object;
    return json(200, { ...body, start: { date: "2026-11-03" }, end: { date: "2026-11-04" } });
  });
  await checkLinks(segue.ctx, tutor.id);
  await segue.work();
  const startsAt = addMinutes(segue.clock(), 4 * 1_440).toISOString();
  await rescheduleSession(segue.ctx, tutor, id, { startsAt });
  await segue.work();
  await segue.later({ hours: 7 });
  expect(await segue.ledger(tutor)).toMatchObject([{ error_code: null, revision: 2 }]);
  expect(isAllDay).toBe(false);
});

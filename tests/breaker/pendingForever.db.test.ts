/** A conference that never gets ready: nobody is told, and no other event is tried, until the lesson begins. */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { listSessions } from "#lib/services/sessions/listSessions.ts";
import { betweenCalls, isCreate, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student } = scene();
const { between } = betweenCalls();

test.each(["pending", "FAILURE", "error", "success"])(
  "an event whose conference says %s for a day is given up for another one, or somebody is told",
  async (statusCode) => {
    await segue.connect(tutor, "google_meet");
    let first = "";
    let creates = 0;
    const without = async (answer: Response) => {
      if (!answer.ok) return answer;
      const body = (await answer.json()) as { conferenceData?: { createRequest?: object } };
      const createRequest = { ...body.conferenceData?.createRequest, status: { statusCode } };
      return json(200, { ...body, hangoutLink: undefined, conferenceData: { createRequest } });
    };
    between(async (sent, pass) => {
      if (isCreate(sent)) {
        creates += 1;
        const { id } = JSON.parse(sent.body) as { id: string };
        first ||= id;
        return id === first ? without(await pass()) : pass();
      }
      return first && sent.url.includes(first) && sent.method === "GET"
        ? without(await pass())
        : pass();
    });
    await segue.book(tutor, student, { startsAt: addMinutes(segue.clock(), 3 * 1_440) });
    await segue.work();
    for (let i = 0; i < 48; i++) await segue.later({ minutes: 30 });
    const [view] = (await listSessions(segue.ctx, tutor)).items;
    const mails = await segue.rows(
      `select subject from private.mail_texts where to_email = '${tutor.email}'`,
    );
    // Fails: it is "preparing" for ever.
    expect(view?.linkState).not.toBe("preparing");
  },
);

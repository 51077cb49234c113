/**
 * A conference that never gets ready isn't waited for until its lesson begins.
 *
 * @module-tag whole
 */
import { expect, test } from "vitest";
import { addMinutes } from "#lib/platform/clock.ts";
import { betweenCalls, isCreate, json } from "#tests/harness/middleman.ts";
import { scene } from "#tests/harness/scene.ts";

const { segue, tutor, student, session } = scene();
const { between } = betweenCalls();

test.each(["pending", "FAILURE", "error", "success"])(
  "an event whose conference says %s is given up within the hour for another one",
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
    for (let i = 0; i < 60; i++) await segue.later({ minutes: 1 });
    expect(creates).toBeGreaterThan(1);
    expect((await session())?.join_url).toEqual(expect.any(String));
    // What was given up is deleted.
    for (let i = 0; i < 5; i++) await segue.later({ minutes: 1 });
    expect((await segue.ledger(tutor)).map(({ state }) => state)).toContain("deleted");
  },
);

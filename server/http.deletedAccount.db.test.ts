import { AsyncLocalStorage } from "node:async_hooks";
import { beforeEach, expect, test } from "vitest";
import { asService, transaction } from "#lib/platform/db.ts";
import { replaceFeed } from "#lib/records/calendarFeeds/queries.ts";
import { deletePerson } from "#lib/records/people/queries/whole.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { makeCalendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { updatePreferences } from "#lib/services/telling/preferences.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { untilWaitedFor } from "#tests/harness/databases/untilWaitedFor.ts";
import { scene } from "#tests/harness/scene.ts";
import { authorizeRoute } from "./consent.ts";
import { type Call, json, route } from "./http.ts";
import { keepRuntime, type Runtime } from "./runtime.ts";

const { segue, tutor, student } = scene();
const ERROR = 50;
const faults = () => segue.logs.filter(({ level }) => level >= ERROR);

/** Who the cookie of the next request belongs to, and what happens right after it was looked at. */
let asking: Person;
let meanwhile: () => Promise<unknown>;
beforeEach(() => {
  asking = student;
  meanwhile = async () => undefined;
  const getSession = async () => ({
    user: { id: asking.id },
    session: { id: crypto.randomUUID() },
  });
  const auth = { api: { getSession } };
  keepRuntime({ ctx: segue.ctx, auth, database: segue.database } as unknown as Runtime);
});

const remove = (person: Person) => transaction(segue.ctx.db, (trx) => deletePerson(trx, person.id));

/** Asks while a transaction holds the person's deletion, which ends once the request waits for it. */
async function duringDeletionOf(person: Person, ask: () => Promise<Response>): Promise<Response> {
  const elsewhere = AsyncLocalStorage.snapshot();
  const { answer } = await transaction(segue.ctx.db, async (trx) => {
    await deletePerson(trx, person.id);
    const waiting = elsewhere(ask);
    await untilWaitedFor(trx, waiting);
    // In an object: as a promise it would keep the transaction open until the answer is there.
    return { answer: waiting };
  });
  return answer;
}

const request = () =>
  new Request(segue.ctx.config.appUrl, { headers: { "accept-language": "en" } });
const call = (verb: (call: Call) => Promise<unknown>) =>
  route(async (called) => {
    await meanwhile();
    return json(await verb(called));
  })(request(), { params: Promise.resolve(undefined) });

const askForLesson = ({ ctx, person }: Call) =>
  requestBooking(ctx, person, {
    tutorId: tutor.id,
    subject: "Algebra",
    startsAt: "2026-12-01T10:00:00Z",
    durationMinutes: 30,
    timeZone: "Europe/Berlin",
  });

const verbs: [string, (call: Call) => Promise<unknown>][] = [
  ["makes a private address", ({ ctx, person }) => makeCalendarFeed(ctx, person)],
  ["chooses mails", ({ ctx, person }) => updatePreferences(ctx, person, { remindDay: false })],
  ["asks for a lesson", askForLesson],
];

test.each(verbs)(
  "whoever %s while their account is deleted is nobody any more",
  async (_, verb) => {
    meanwhile = () => remove(student);
    const answer = await call(verb);
    expect(await answer.json()).toMatchObject({ status: 401, code: "not_signed_in" });
    expect(faults()).toEqual([]);
  },
);

test.each(verbs)(
  "whoever %s and waits for the deletion is nobody when it's done",
  async (_, verb) => {
    const answer = await duringDeletionOf(student, () => call(verb));
    expect(answer.status).toBe(401);
    expect(faults()).toEqual([]);
  },
);

test("a row that hangs on nothing stays a fault of ours as long as its person is there", async () => {
  const answer = await call(({ ctx }) =>
    asService(ctx.db, (trx) =>
      replaceFeed(trx, {
        person_id: crypto.randomUUID(),
        token_hash: "x",
        created_at: ctx.clock(),
      }),
    ),
  );
  expect(answer.status).toBe(500);
  expect(faults()).toHaveLength(1);
});

test("a consent that begins while the account is deleted leads to the page of whoever isn't signed in", async () => {
  asking = tutor;
  const press = { "sec-fetch-site": "same-origin", accept: "text/html" };
  const url = `${segue.ctx.config.appUrl}/api/auth/google`;
  const { status, headers } = await duringDeletionOf(tutor, () =>
    authorizeRoute("google_meet")(new Request(url, { headers: press })),
  );
  expect(status).toBe(302);
  expect(headers.get("location")).toMatch(/\/tutor\/video-setup\?error=not_signed_in$/);
  expect(faults()).toEqual([]);
});

test("a lesson asked of a tutor who deletes their account at that moment is asked of nobody", async () => {
  const answer = await duringDeletionOf(tutor, () => call(askForLesson));
  expect(await answer.json()).toMatchObject({ status: 404, code: "not_found" });
  expect(faults()).toEqual([]);
});

/** Students who act on their accounts at the moment when a tutor or a claim needs them. */

import { sql } from "kysely";
import { expect, inject, test } from "vitest";
import { asService, type Trx, transaction } from "#lib/platform/db.ts";
import { lockedPasswordOf } from "#lib/records/people/queries/credentials.ts";
import { deletePerson, mayVanish } from "#lib/records/people/queries/whole.ts";
import { setAddress } from "#lib/records/people/queries.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { findDoor } from "#lib/services/doors/findDoor.ts";
import { sendNewLink } from "#lib/services/doors/sendLink.ts";
import { confirmByHand } from "#lib/services/people/unconfirmed.ts";
import { rescheduleSession } from "#lib/services/sessions/rescheduleSession.ts";
import { recordJoin } from "#lib/services/sessions/wayIn.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { mia, newAddress, unsigned, weekly } from "#tests/harness/asking/unsigned.ts";
import { ownMailbox } from "#tests/harness/mailbox.ts";
import { scene } from "#tests/harness/scene.ts";
import { addStudent } from "./addStudent.ts";
import { changeStudent } from "./changeStudent.ts";
import { addressProved } from "./claimLessons.ts";

const { segue, tutor } = scene({ tutor: { name: "Tara" } });
const { at, say, mailsTo, tokenOf, withLessons } = unsigned(segue, ownMailbox());

/** The embedded database runs one transaction after the other, so there one can't wait for another. */
const onServer = test.runIf(inject("engine") === "postgres");

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string; message: string }) => `${error.code} ${error.message}`,
  );

/** Until so many transactions wait for another one, or this work is done without. */
async function waiting(count: number, work: Promise<unknown>) {
  let isOver = false;
  void work.finally(() => {
    isOver = true;
  });
  const rows = () =>
    segue.rows(
      `select from pg_locks where not granted and (database is null
        or database = (select oid from pg_database where datname = current_database()))`,
    );
  while (!isOver && (await rows()).length < count);
}

/** A transaction that stops between two steps. */
function stopping(before: (trx: Trx) => Promise<unknown>, after: (trx: Trx) => Promise<unknown>) {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const done = outcome(
    transaction(segue.ctx.db, async (trx) => {
      await before(trx);
      reached.resolve();
      await gate.promise;
      await after(trx);
    }),
  );
  return { reached: reached.promise, go: () => gate.resolve(), done };
}

for (const [what, act] of [
  [
    "gives a guardian",
    (id: string) => changeStudent(segue.ctx, tutor, id, { guardianEmail: newAddress() }),
  ],
  [
    "enters lessons",
    (id: string) =>
      addLessons(segue.ctx, tutor, id, { ...weekly, repeatWeekly: 1, startsAt: at(24) }),
  ],
] as const) {
  onServer(
    `a student who deletes their account while a tutor ${what}: both are answered`,
    async () => {
      const account = await segue.person("student");
      await addStudent(segue.ctx, tutor, { ...mia, email: account.email });
      await say(account.email);
      // As `deleteAccount` does.
      const deletes = stopping(
        (trx) => mayVanish(trx, account.id),
        (trx) => deletePerson(trx, account.id),
      );
      await deletes.reached;
      const acts = outcome(act(account.id));
      await waiting(1, acts);
      deletes.go();
      expect(await Promise.all([deletes.done, acts])).toEqual([
        "done",
        expect.stringMatching(/^(done|not_found)/),
      ]);
    },
  );
}

onServer(
  "a student who confirms another address while their tutor gives a guardian: both are answered",
  async () => {
    const account = await segue.person("student");
    const next = newAddress();
    await withLessons(tutor, { email: account.email });
    await say(account.email);
    await withLessons(tutor, { name: "Mo", email: next }, 30);
    // As `confirmAddress` does for a changed address.
    const confirms = stopping(
      (trx) => lockedPasswordOf(trx, account.id),
      async (trx) => {
        await setAddress(trx, account.id, next);
        await addressProved(segue.ctx, trx, { personId: account.id, email: next });
      },
    );
    await confirms.reached;
    const changes = outcome(
      changeStudent(segue.ctx, tutor, account.id, { guardianEmail: newAddress() }),
    );
    await waiting(1, changes);
    confirms.go();
    expect(await Promise.all([confirms.done, changes])).toEqual(["done", "done"]);
  },
);

onServer(
  "a series that moves while its student's account is confirmed: both are answered",
  async () => {
    const email = newAddress();
    const { sessionIds } = await withLessons(tutor, { email }, 24, 3);
    await segue.person("student", { email, isConfirmed: false });
    // Whoever holds the lesson in the middle for a moment.
    const holds = stopping(
      (trx) => sql`select from sessions where id = ${sessionIds[1]} for update`.execute(trx),
      async () => undefined,
    );
    await holds.reached;
    const moves = outcome(
      rescheduleSession(segue.ctx, tutor, sessionIds[2] ?? "", {
        startsAt: new Date(segue.clock().getTime() + (24 * 15 + 2) * 3_600_000).toISOString(),
        scope: "all",
      }),
    );
    await waiting(1, moves);
    const confirms = outcome(confirmByHand(segue.ctx, email));
    await waiting(2, confirms);
    holds.go();
    expect(await Promise.all([moves, confirms])).toEqual(["done", "done"]);
  },
);

onServer(
  "a link that is asked for while its student's account is confirmed is the account's",
  async () => {
    const email = newAddress();
    const { first } = await withLessons(tutor, { email });
    await say(email);
    await mailsTo(email);
    const token = await tokenOf(tutor, first);
    const account = await segue.person("student", { email, isConfirmed: false });
    const reached = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const nudgeMail = async () => {
      reached.resolve();
      await gate.promise;
    };
    const ctx: Context = { ...segue.ctx, nudgeMail };
    const sends = outcome(sendNewLink(ctx, token, "1.2.3.4"));
    await reached.promise;
    const confirms = outcome(confirmByHand(segue.ctx, email));
    await waiting(1, confirms);
    gate.resolve();
    expect(await Promise.all([sends, confirms])).toEqual(["done", "done"]);
    expect(
      await segue.rows(`select person_id from mails m join private.mail_texts t on t.mail_id = m.id
      where t.to_email = '${email}' and m.status = 'queued' and m.about = 'link'`),
    ).toEqual([{ person_id: account.id }]);
  },
);

onServer("somebody who enters at the moment of a claim has joined", async () => {
  const email = newAddress();
  await segue.connect(tutor, "zoom");
  const { first } = await withLessons(tutor, { email });
  const token = await tokenOf(tutor, first);
  await segue.person("student", { email, isConfirmed: false });
  const { session } = await asService(segue.ctx.db, (trx) => findDoor(segue.ctx, trx, token));
  await confirmByHand(segue.ctx, email);
  // As `enterDoor` goes on.
  await recordJoin(segue.ctx, session, { personId: null, asGuardian: false });
  expect(segue.messages()).not.toContain("A join could not be recorded");
});

/**
 * Mails people their link to a lesson, for whoever holds one that has ended, or that asks for a sign-in. It is mailed to
 * addresses that we know, whoever asks, and the answer is the same whatever became of it.
 */
import { asService, type Trx } from "#lib/platform/db.ts";
import { everySlot, type Slot } from "#lib/records/doors/rules.ts";
import { lockTutor } from "#lib/records/people/queries.ts";
import { type SessionWithPeople, sessionWithPeople } from "#lib/records/sessions/queries.ts";
import { isOpen } from "#lib/records/sessions/rules.ts";
import { readerIn } from "#lib/records/students/queries.ts";
import { pairOf } from "#lib/services/telling/recipients.ts";
import { mailLinksTo } from "#lib/services/telling/renewLinks.ts";
import { type Counted, countUses } from "#lib/services/verb/admit.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { findDoor } from "./findDoor.ts";

/** To whoever the link was made for. */
export const sendNewLink = (ctx: Context, token: string, address: string): Promise<void> =>
  silently(() =>
    asService(ctx.db, async (trx) => {
      const { session: found } = await findDoor(ctx, trx, token);
      // Whoever takes the student's place meanwhile is waited for.
      await lockTutor(trx, found.tutor_id);
      const { session, slot } = await findDoor(ctx, trx, token);
      await send(ctx, trx, { session, slots: [slot], address });
    }),
  );

/** To the student and their guardians. `address`: of whoever asks. */
export const sendLinksTo = (ctx: Context, sessionId: string, address: string): Promise<void> =>
  silently(() =>
    asService(ctx.db, async (trx) => {
      const id = asId(sessionId, "lesson");
      const found = await sessionWithPeople(trx, id);
      if (found) await lockTutor(trx, found.tutor_id);
      const session = await sessionWithPeople(trx, id);
      if (session) await send(ctx, trx, { session, slots: everySlot, address });
    }),
  );

async function silently(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal && error.code === "not_found")) throw error;
  }
}

async function send(
  ctx: Context,
  trx: Trx,
  {
    session,
    slots,
    address,
  }: { session: SessionWithPeople; slots: readonly Slot[]; address: string },
): Promise<void> {
  if (!isOpen(session.status) || session.scheduled_end_at <= ctx.clock()) return;
  const student = await readerIn(trx, pairOf(session));
  // Nothing goes to an address that never answered.
  if (student?.has_account && !student.confirmed_at) return;
  const counted: Counted[] = [
    { name: "linkOfLesson", whose: session.id },
    { name: "linksFrom", whose: address },
  ];
  if ((await countUses(ctx, trx, counted)).refusal) return;
  const written = await mailLinksTo(ctx, trx, slots, [session]);
  // A guardian whom both the student and the tutor gave comes in by either link, and is sent one.
  if (written > 0 || slots.some((slot) => slot === "student")) return;
  await mailLinksTo(ctx, trx, guardians, [session]);
}

const guardians = everySlot.filter((slot) => slot !== "student");

/**
 * The demo tutor's diary. A booking that an earlier start made is found again instead of being made twice.
 */
import { addMinutes } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import type { Booking } from "#lib/records/bookings/rules.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import type { DemoBooking } from "./cast.ts";

/** The context in which the tutor and the student act; its clock may depend on the first lesson. */
type When = (firstLesson: Date) => Context;

export interface Diary {
  /** Requests the booking and leaves it to the tutor to answer. */
  ask(booking: DemoBooking): Promise<void>;
  /** Requests and accepts the booking. @returns its lessons, soonest first */
  book(booking: DemoBooking, when?: When): Promise<Session[]>;
}

export async function openDiary(ctx: Context, tutor: Person, students: Person[]): Promise<Diary> {
  const left = await asService(ctx.db, (trx) =>
    trx.selectFrom("bookings").selectAll().where("tutor_id", "=", tutor.id).execute(),
  );

  /**
   * Compares everything except the time, which depends on the day of the start that made the booking. Each
   * booking is found only once.
   */
  const takeKnown = (wish: DemoBooking, isAccepted: boolean): Booking | undefined => {
    const alike = left.filter(
      (known) =>
        known.student_id === students[wish.student]?.id &&
        known.subject === wish.subject &&
        known.duration_minutes === wish.durationMinutes &&
        known.repeat_weekly === wish.weeks,
    );
    const found = alike.find(({ status }) => (status === "accepted") === isAccepted) ?? alike[0];
    if (found) left.splice(left.indexOf(found), 1);
    return found;
  };

  const request = (wish: DemoBooking, when: When): Promise<{ id: string }> => {
    const student = students[wish.student];
    if (!student) throw new Error(`The demo has no student ${wish.student}`);
    return unlessTaken(wish.startsAt, (startsAt) =>
      requestBooking(when(startsAt), student, {
        tutorId: tutor.id,
        subject: wish.subject,
        startsAt: startsAt.toISOString(),
        durationMinutes: wish.durationMinutes,
        timeZone: tutor.timeZone,
        repeatWeekly: wish.weeks,
      }),
    );
  };

  return {
    ask: async (wish) => {
      if (!takeKnown(wish, false)) await request(wish, () => ctx);
    },
    book: async (wish, when = () => ctx) => {
      const known = takeKnown(wish, true);
      const { id } = known ?? (await request(wish, when));
      const firstLesson = known?.starts_at ?? wish.startsAt;
      // A booking that was requested on an earlier day and never answered stays that way.
      const isOpen =
        !known || (known.status === "requested" && firstLesson > when(firstLesson).clock());
      if (isOpen) await acceptBooking(when(firstLesson), tutor, id);
      return asService(ctx.db, (trx) =>
        trx
          .selectFrom("sessions")
          .selectAll()
          .where("booking_id", "=", id)
          .orderBy("scheduled_start_at")
          .execute(),
      );
    },
  };
}

/** Tries an hour later, and again, where a lesson that was made on another day is in the way. */
export async function unlessTaken<T>(at: Date, ask: (at: Date) => Promise<T>): Promise<T> {
  try {
    return await ask(at);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "overlap") throw error;
    return unlessTaken(addMinutes(at, 60), ask);
  }
}

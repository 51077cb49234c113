/** Who is in the house: most tutors teach elsewhere in the program, some switch, and a few are looked over the shoulder. */

import { asService } from "#lib/platform/db.ts";
import { setConfirmed } from "#lib/records/people/queries.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { connect, newPerson } from "#tests/faults/people.ts";
import type { World } from "#tests/faults/world.ts";
import type { App } from "#tests/harness/app.ts";
import { asBrowser, signUp, type Visitor } from "#tests/harness/visitors/person.ts";
import { fill } from "#tests/scale/fill.ts";

const HOUR = 3_600_000;

/** Tutors with lessons in some weeks, for whom nothing is due. */
export const fillHouse = ({ database, ctx }: World, tutors: number, lessons: number) =>
  fill(database, { lessons: tutors * lessons, now: ctx.clock(), perTutor: lessons, over: -30 });

/** Tutors on Zoom, each with a student and so many lessons from the day after tomorrow on. Rooms are made by the workers. */
export async function moveIn(world: World, tutors: number, lessons: number): Promise<Person[]> {
  return inTurn(tutors, async () => {
    const tutor = await newPerson(world.ctx, "tutor");
    await connect(world.ctx, tutor, "zoom");
    await book(world, tutor, await newPerson(world.ctx, "student"), lessons);
    return tutor;
  });
}

export interface Watched {
  tutor: Person;
  visitor: Visitor;
}

/** Tutors with a browser of their own, who have lessons like the others. */
export function moveInWatched(world: World, url: string, tutors: number, lessons: number) {
  return inTurn(tutors, async (index): Promise<Watched> => {
    const email = `watched-${index}@people.example`;
    const who = {
      name: `Watched tutor ${index}`,
      email,
      password: "a long enough word",
      role: "tutor",
    } as const;
    const visitor = await signUp({ url } as App, who);
    await asService(world.ctx.db, (trx) => setConfirmed(trx, visitor.id, world.ctx.clock()));
    const tutor: Person = {
      ...who,
      id: visitor.id,
      timeZone: "Europe/Berlin",
      language: "en",
      clockHours: 24,
      isConfirmed: true,
    };
    await connect(world.ctx, tutor, "zoom");
    await book(world, tutor, await newPerson(world.ctx, "student"), lessons);
    return { tutor, visitor };
  });
}

export const shownBy = ({ visitor }: Watched): Record<string, string> => asBrowser(visitor);

async function book({ ctx }: World, tutor: Person, student: Person, lessons: number) {
  for (let index = 0; index < lessons; index++) {
    const startsAt = new Date(ctx.clock().getTime() + 48 * HOUR + index * HOUR);
    const { id } = await requestBooking(ctx, student, {
      tutorId: tutor.id,
      subject: `Lesson ${index + 1}`,
      startsAt: startsAt.toISOString(),
      durationMinutes: 45,
      timeZone: tutor.timeZone,
    });
    await acceptBooking(ctx, tutor, id);
  }
}

const AT_ONCE = 6;

/** A few at a time. */
export async function inTurn<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const one = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return results;
}

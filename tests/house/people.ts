/** Who is in the house: most tutors teach elsewhere in the program, some switch, and a few are looked over the shoulder. */
import PQueue from "p-queue";
import { asService } from "#lib/platform/db.ts";
import { setConfirmed } from "#lib/records/people/queries.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { bookLessons, connect, newPerson } from "#tests/faults/people.ts";
import type { World } from "#tests/faults/world.ts";
import type { App } from "#tests/harness/app.ts";
import { asBrowser, signUp, type Visitor } from "#tests/harness/visitors/person.ts";
import { fill } from "#tests/scale/fill.ts";

/** Tutors with lessons in some weeks, for whom nothing is due. */
export const fillHouse = ({ database, ctx }: World, tutors: number, lessons: number) =>
  fill(database, { lessons: tutors * lessons, now: ctx.clock(), perTutor: lessons, over: -30 });

/** Tutors on Zoom, each with a student and so many lessons from the day after tomorrow on. Rooms are made by the workers. */
export async function moveIn(world: World, tutors: number, lessons: number): Promise<Person[]> {
  return aFewAtOnce(Array.from({ length: tutors }), async () => {
    const tutor = await newPerson(world.ctx, "tutor");
    await connect(world.ctx, tutor, "zoom");
    await bookLessons(world.ctx, tutor, lessons);
    return tutor;
  });
}

export interface Watched {
  tutor: Person;
  visitor: Visitor;
}

/** Tutors with a browser of their own, who have lessons like the others. */
export function moveInWatched(world: World, url: string, tutors: number, lessons: number) {
  return aFewAtOnce([...Array(tutors).keys()], async (index): Promise<Watched> => {
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
    await bookLessons(world.ctx, tutor, lessons);
    return { tutor, visitor };
  });
}

export const shownBy = ({ visitor }: Watched): Record<string, string> => asBrowser(visitor);

export function aFewAtOnce<One, T>(all: One[], work: (one: One) => Promise<T>): Promise<T[]> {
  const queue = new PQueue({ concurrency: 6 });
  return queue.addAll(all.map((one) => () => work(one)));
}

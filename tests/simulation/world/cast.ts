/** The people of a world, and what they have when the faults begin. */
import type { ProviderId } from "#lib/providers/provider.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/switching/authorize.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const uri = "http://localhost:3000/callback";

/** Deletes everything but the schema and this installation's own id. */
const forget = `do $$ declare tables text; begin
  select string_agg(format('%I.%I', schemaname, tablename), ', ') into tables from pg_tables
    where schemaname in ('public', 'identity', 'private') and tablename not in ('installation');
  execute 'truncate ' || tables || ' cascade';
end $$`;

export async function settleIn(world: World): Promise<void> {
  const { dice, ground, people } = world;
  await ground.database.query(forget);
  const tutors = dice.chance(0.2) ? 2 : 1;
  for (let i = 0; i < tutors; i++) people.tutors.push(await insert(world, "tutor", `t${i}`));
  people.student = await insert(world, "student", "s0");
}

async function insert(world: World, role: "tutor" | "student", name: string): Promise<Person> {
  const id = world.dice.uuid();
  const email = `${name}@people.example`;
  await world.ground.database.query(
    `insert into identity."user" (id, name, email, role, time_zone) values ($1, $2, $3, $4, 'Etc/UTC')`,
    [id, name, email, role],
  );
  await world.ground.database.query("update people set confirmed_at = now() where id = $1", [id]);
  return {
    id,
    name,
    email,
    role,
    timeZone: "Etc/UTC",
    language: "en",
    clockHours: 24,
    isConfirmed: true,
  };
}

/** Goes through the consent, from the button to the callback. */
export async function connect(
  ctx: Context,
  tutor: Person,
  target: { provider: ProviderId; account: string },
): Promise<void> {
  // Each tutor has one browser, whose session id is the tutor's own id.
  const visit = { personId: tutor.id, browserSessionId: tutor.id };
  const back = await beginAuthorization(ctx, visit, target.provider, uri);
  back.searchParams.set("code", target.account);
  const params = back.searchParams;
  await completeAuthorization(ctx, visit, { provider: target.provider, params, redirectUri: uri });
}

/** Asks for lessons and accepts them, sometimes for several weeks. */
export async function book(world: World, ctx: Context, tutor: Person): Promise<void> {
  const { dice, people } = world;
  if (!people.student) throw new Error("Nobody to teach");
  const startsAt = someTime(world);
  const { id } = await requestBooking(ctx, people.student, {
    tutorId: tutor.id,
    subject: `Lesson ${dice.int(1, 999)}`,
    startsAt: startsAt.toISOString(),
    durationMinutes: 45,
    timeZone: "Etc/UTC",
    repeatWeekly: dice.chance(0.3) ? dice.int(2, 3) : 1,
  });
  await acceptBooking(ctx, tutor, id);
}

/** Enters lessons for a student who has no account, also before there is a connection. */
export async function enterLessons(world: World, ctx: Context, tutor: Person): Promise<void> {
  const { dice, people } = world;
  const wish = {
    subject: `Lesson ${dice.int(1, 999)}`,
    startsAt: someTime(world).toISOString(),
    durationMinutes: 45,
    timeZone: "Etc/UTC",
    repeatWeekly: dice.chance(0.3) ? dice.int(2, 3) : 1,
  };
  let studentId = people.unsigned.get(tutor.id);
  if (!studentId) {
    ({ id: studentId } = await addStudent(ctx, tutor, { name: "Mia", timeZone: "Etc/UTC" }));
    people.unsigned.set(tutor.id, studentId);
  }
  await addLessons(ctx, tutor, studentId, wish);
}

/** A time within the hour, or on some day soon. */
export function someTime(world: World): Date {
  const { dice, scheduler } = world;
  const ahead = dice.chance(0.25) ? dice.int(2, 55) * MINUTE_MS : dice.int(3, 80) * HOUR_MS;
  const at = scheduler.now + ahead;
  return new Date(at - (at % MINUTE_MS));
}

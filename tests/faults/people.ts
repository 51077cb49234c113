/** A tutor with lessons on a stand-in's Zoom, made by the verbs, for the tests with real processes. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { asService } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import { setConfirmed } from "#lib/records/people/queries.ts";
import { acceptBooking } from "#lib/services/bookings/acceptBooking.ts";
import { requestBooking } from "#lib/services/bookings/requestBooking.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/switching/authorize.ts";
import { ConnectFailed } from "#lib/services/switching/connectErrors.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";

const HOUR = 3_600_000;
const segment: Record<ProviderId, string> = { google_meet: "google", zoom: "zoom" };

export async function newPerson(ctx: Context, role: "tutor" | "student"): Promise<Person> {
  const person = {
    id: randomUUID(),
    name: `${role} of a proof`,
    email: `${randomUUID()}@people.example`,
    timeZone: "Europe/Berlin",
    language: "en",
    clockHours: 24 as const,
    isConfirmed: true,
  };
  await sql`insert into identity."user" (id, name, email, role, time_zone)
    values (${person.id}, ${person.name}, ${person.email}, ${role}, ${person.timeZone})`.execute(
    ctx.db,
  );
  await asService(ctx.db, (trx) => setConfirmed(trx, person.id, ctx.clock()));
  return { ...person, role };
}

/**
 * Goes through the consent page. A consent that is hit by the revocation of an older consent to the same
 * account is refused; then it is given once more, as people would.
 * @param account its address at the provider
 * @returns without waiting for lessons to move
 */
export async function connect(
  ctx: Context,
  tutor: Person,
  provider: ProviderId,
  account = tutor.email,
): Promise<void> {
  try {
    await consent(ctx, tutor, provider, account);
  } catch (error) {
    if (!(error instanceof ConnectFailed) || error.code !== "exchange_failed") throw error;
    await consent(ctx, tutor, provider, account);
  }
}

async function consent(
  ctx: Context,
  tutor: Person,
  provider: ProviderId,
  account: string,
): Promise<void> {
  const visit = { personId: tutor.id, browserSessionId: randomUUID() };
  const redirectUri = `${ctx.config.appUrl}/api/auth/${segment[provider]}/callback`;
  const page = await beginAuthorization(ctx, visit, provider, redirectUri);
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams({ account, decision: "allow" }),
    redirect: "manual",
  });
  const { searchParams: params } = new URL(answer.headers.get("location") ?? "");
  await completeAuthorization(ctx, visit, { provider, params, redirectUri });
}

/** Books `count` lessons, an hour apart, from the day after tomorrow on. */
export async function bookLessons(
  ctx: Context,
  tutor: Person,
  count: number,
  { inHours = 48 } = {},
): Promise<void> {
  const student = await newPerson(ctx, "student");
  for (let index = 0; index < count; index++) {
    const startsAt = new Date(ctx.clock().getTime() + (inHours + index) * HOUR);
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

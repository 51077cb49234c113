/** Tutors on a PostgreSQL, and providers that answer at once and take whatever comes. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { parseConfig } from "#lib/platform/config.ts";
import { openServer } from "#lib/platform/db.ts";
import type {
  Budget,
  Limit,
  MeetingRequest,
  ProviderId,
  VideoProvider,
} from "#lib/providers/provider.ts";
import { createProviders, type Providers } from "#lib/providers/registry.ts";
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { connectProvider } from "#lib/services/switching/connectProvider.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { createContext } from "#server/context.ts";
import { setUpDatabase } from "#server/setUp.ts";
import { newPerson } from "#tests/faults/people.ts";
import { startPostgres } from "#tests/harness/databases/postgresServer.ts";

const HOUR_MS = 3_600_000;
const credentials = {
  GOOGLE_CLIENT_ID: "bench",
  GOOGLE_CLIENT_SECRET: "bench",
  ZOOM_CLIENT_ID: "bench",
  ZOOM_CLIENT_SECRET: "bench",
};

export interface Own {
  ctx: Context;
  /** They are connected to Zoom, and their lessons wait for rooms. */
  tutorsWith(count: number, lessons: number): Promise<Person[]>;
  /** They consent at Google. */
  switchOver(tutor: Person): Promise<void>;
  close(): Promise<void>;
}

export async function openOwn(): Promise<Own> {
  const postgres = await startPostgres();
  const config = parseConfig({
    ...credentials,
    APP_URL: "http://127.0.0.1:3998",
    DATABASE_URL: await postgres.create("segue_own"),
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    LOG_LEVEL: "error",
  });
  const database = openServer(postgres.url("segue_own"));
  await setUpDatabase(database);
  const { ctx: real, jobs } = createContext(config, database);
  await jobs.open();
  const ctx: Context = { ...real, providers: instant(createProviders(config)) };
  return {
    ctx,
    tutorsWith: async (count, lessons) => {
      const tutors = [];
      for (let left = count; left > 0; left--) tutors.push(await tutorWith(ctx, lessons));
      return tutors;
    },
    switchOver: (tutor) => consent(ctx, tutor, "google_meet"),
    close: async () => {
      await jobs.close();
      await database.close();
      await postgres.stop();
    },
  };
}

function instant(providers: Providers): Providers {
  const all = providers.all.map(atOnce);
  return {
    ...providers,
    all,
    get: (id) => all.find((provider) => provider.id === id) ?? providers.get(id),
  };
}

/** Its limits are counted and never met. */
const endless = (limit: Limit): Limit => ({ ...limit, calls: 1_000_000_000, reserved: 0 });

function atOnce(provider: VideoProvider): VideoProvider {
  const budget: Budget = {
    ...provider.budget,
    limits: (plan) => provider.budget.limits(plan).map(endless),
  };
  const createMeeting = async ({ key, title, startsAt }: MeetingRequest) => ({
    state: "ready" as const,
    externalId: key,
    joinUrl: `https://${provider.id === "zoom" ? "zoom.us/j" : "meet.google.com"}/${key}`,
    passcode: null,
    startsAt,
    title,
  });
  const overrides: Partial<VideoProvider> = {
    budget,
    createMeeting: (_, request) => createMeeting(request),
    deleteMeeting: async () => undefined,
    revoke: async () => undefined,
  };
  return new Proxy(provider, {
    get: (target, name) => Reflect.get(overrides, name) ?? Reflect.get(target, name, target),
  });
}

async function consent(ctx: Context, tutor: Person, provider: ProviderId): Promise<void> {
  const account = { userId: tutor.id, email: tutor.email, name: null, organisationId: null };
  const tokens = {
    accessToken: randomUUID(),
    refreshToken: randomUUID(),
    expiresAt: new Date(ctx.clock().getTime() + 24 * HOUR_MS),
    scopes: [...ctx.providers.get(provider).requiredScopes],
    idToken: null,
  };
  const given = { tutorId: tutor.id, provider, account, tokens, askedAt: ctx.clock() };
  await connectProvider(ctx, given, async () => undefined);
}

async function tutorWith(ctx: Context, lessons: number): Promise<Person> {
  const tutor = await newPerson(ctx, "tutor");
  await consent(ctx, tutor, "zoom");
  const student = await addStudent(ctx, tutor, { name: "A student", timeZone: "Etc/UTC" });
  const first = Math.ceil(ctx.clock().getTime() / HOUR_MS) + 48;
  for (let left = lessons, hour = first; left > 0; hour += 1) {
    const repeatWeekly = Math.min(left, 50);
    await addLessons(ctx, tutor, student.id, {
      subject: `Lesson at hour ${hour - first}`,
      startsAt: new Date(hour * HOUR_MS).toISOString(),
      durationMinutes: 45,
      timeZone: "Etc/UTC",
      repeatWeekly,
    });
    left -= repeatWeekly;
    await sql`delete from limited_uses`.execute(ctx.db);
  }
  return tutor;
}

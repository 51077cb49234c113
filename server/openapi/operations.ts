/**
 * Every route of the JSON contract, once: who may call it, what goes in, what comes out. The published
 * description is made of it, and a test holds it against the routes that exist and against who gets in.
 */
import { z } from "zod";
import type { Role } from "#lib/services/context.ts";
import { bookingInput } from "#lib/services/requestBooking.ts";
import { rescheduleInput } from "#lib/services/rescheduleSession.ts";
import { profileInput } from "#lib/services/updateProfile.ts";
import {
  bookingView,
  connectionView,
  linkCheck,
  migrationDetail,
  migrationResult,
  migrationView,
  sessionView,
  tutorView,
} from "#lib/services/views.ts";

export interface Operation {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `{id}` for parameters. */
  path: string;
  /** anyone: without sign-in. */
  may: "anyone" | "signed-in" | Role[];
  summary: string;
  body?: z.ZodType;
  /** By status; null: no body. */
  answers: Record<number, z.ZodType | null>;
}

const signUp = z.object({
  name: z.string(),
  email: z.email(),
  password: z.string().min(8),
  role: z.enum(["tutor", "student"]),
  timeZone: z.string().describe("IANA"),
});
const signIn = z.object({ email: z.email(), password: z.string() });
const signedIn = z
  .looseObject({ token: z.string().nullable() })
  .describe("The bearer for programs is in the header set-auth-token; browsers get a cookie.");
const tutor: Role[] = ["tutor"];
const toProvider = { 302: null };
const withIds = bookingView.extend({ sessionIds: z.array(z.uuid()) });

/** [method, path, may, summary, answers, body] */
type Row = [
  Operation["method"],
  string,
  Operation["may"],
  string,
  Operation["answers"],
  z.ZodType?,
];

const rows: Row[] = [
  ["POST", "/api/account/sign-up/email", "anyone", "Sign up", { 200: signedIn }, signUp],
  ["POST", "/api/account/sign-in/email", "anyone", "Sign in", { 200: signedIn }, signIn],
  ["POST", "/api/account/sign-out", "anyone", "Sign out", { 200: z.looseObject({}) }],
  ["GET", "/api/me", "signed-in", "Who is signed in", { 200: z.looseObject({ id: z.uuid() }) }],
  ["PATCH", "/api/me", "signed-in", "Change one's name or zone", { 204: null }, profileInput],
  ["GET", "/api/auth/google", "anyone", "To Google's consent page", toProvider],
  ["GET", "/api/auth/google/callback", "anyone", "Back from it", toProvider],
  ["GET", "/api/auth/zoom", "anyone", "To Zoom's consent page", toProvider],
  ["GET", "/api/auth/zoom/callback", "anyone", "Back from it", toProvider],
  [
    "GET",
    "/api/connection",
    tutor,
    "The tutor's own connection",
    { 200: z.object({ connection: connectionView.nullable() }) },
  ],
  ["DELETE", "/api/connection", tutor, "Disconnect; lessons keep their links", { 204: null }],
  ["POST", "/api/connection/check", tutor, "Check the links of its lessons", { 200: linkCheck }],
  ["GET", "/api/tutors", "signed-in", "All tutors", { 200: z.array(tutorView) }],
  ["GET", "/api/bookings", "signed-in", "One's bookings", { 200: z.array(bookingView) }],
  ["POST", "/api/bookings", ["student"], "Ask for a lesson", { 201: bookingView }, bookingInput],
  ["POST", "/api/bookings/{id}/accept", tutor, "Make its lessons", { 200: withIds }],
  ["POST", "/api/bookings/{id}/decline", tutor, "Decline it", { 200: bookingView }],
  ["POST", "/api/bookings/{id}/cancel", "signed-in", "Call it off", { 200: bookingView }],
  ["GET", "/api/sessions", "signed-in", "One's lessons", { 200: z.array(sessionView) }],
  ["GET", "/api/sessions/{id}", "signed-in", "One lesson", { 200: sessionView }],
  [
    "POST",
    "/api/sessions/{id}/reschedule",
    tutor,
    "Move it to another time",
    { 200: sessionView },
    rescheduleInput,
  ],
  ["POST", "/api/sessions/{id}/cancel", "signed-in", "Call it off", { 200: sessionView }],
  ["POST", "/api/sessions/{id}/no-show", tutor, "The student didn't come", { 200: sessionView }],
  [
    "POST",
    "/api/sessions/migrate-provider",
    tutor,
    "New links for all future lessons",
    { 200: migrationResult, 202: migrationResult },
  ],
  ["GET", "/api/migrations", tutor, "One's migrations", { 200: z.array(migrationView) }],
  ["GET", "/api/migrations/{id}", tutor, "One of them, whole", { 200: migrationDetail }],
  [
    "POST",
    "/api/migrations/{id}/retry",
    tutor,
    "Try its failed lessons again",
    { 200: migrationResult, 202: migrationResult },
  ],
  [
    "POST",
    "/api/migrations/{id}/undo",
    tutor,
    "Take the newest one back",
    { 200: migrationResult, 202: migrationResult },
  ],
  ["GET", "/api/health", "anyone", "The process lives", { 200: z.looseObject({}) }],
  ["GET", "/api/ready", "anyone", "Database and jobs answer", { 200: z.looseObject({}) }],
  ["GET", "/api/openapi.json", "anyone", "This description", { 200: z.looseObject({}) }],
  ["GET", "/sessions/{id}/join", "signed-in", "The stable link: into the room", { 303: null }],
];

export const operations: Operation[] = rows.map(([method, path, may, summary, answers, body]) => ({
  method,
  path,
  may,
  summary,
  answers,
  ...(body && { body }),
}));

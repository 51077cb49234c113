/**
 * Every route of the JSON contract, listed once: who may call it, its input and its answers. The published
 * description is derived from it, and a test compares it with the routes that exist and with who can actually
 * call them.
 */
import { z } from "zod";
import { bookingDecisionInput } from "#lib/services/bookings/cancelBooking.ts";
import { bookingInput } from "#lib/services/bookings/requestBooking.ts";
import { bookingView } from "#lib/services/bookings/views.ts";
import { linkCheck } from "#lib/services/drift/views.ts";
import { profileView } from "#lib/services/people/ownProfile.ts";
import { profileInput } from "#lib/services/people/updateProfile.ts";
import { participant } from "#lib/services/people/views.ts";
import { zoneDecisionInput, zoneDecisionView } from "#lib/services/sessions/decideZoneChanges.ts";
import { destinationsView } from "#lib/services/sessions/destinations.ts";
import { linkHistoryView } from "#lib/services/sessions/linkHistory.ts";
import { ownLinkInput } from "#lib/services/sessions/setOwnLink.ts";
import { sessionView } from "#lib/services/sessions/views.ts";
import { zoneChangeView } from "#lib/services/sessions/zoneChanges.ts";
import { migrationPreview, previewInput } from "#lib/services/switching/previewViews.ts";
import { retryInput } from "#lib/services/switching/retryMigration.ts";
import {
  connectionView,
  migrationDetail,
  migrationResult,
  migrationView,
} from "#lib/services/switching/views.ts";
import { calendarFeedView, newCalendarFeedView } from "#lib/services/telling/calendarFeed.ts";
import { noteView } from "#lib/services/telling/notes.ts";
import { preferencesInput, preferencesView } from "#lib/services/telling/preferences.ts";
import type { Role } from "#lib/services/verb/context.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import { languageInput } from "#server/language/languageInput.ts";
import { accountOperations } from "./accountOperations.ts";
import { changeOperations } from "./changeOperations.ts";
import { linkOperations } from "./linkOperations.ts";
import type { Operation, Row } from "./operation.ts";
import { studentOperations } from "./studentOperations.ts";
import { supportOperations } from "./supportOperations.ts";

const tutor: Role[] = ["tutor"];
const toProvider = { 302: null };
const withIds = bookingView.extend({ sessionIds: z.array(z.uuid()) });

const events = z
  .string()
  .meta({ contentMediaType: "text/event-stream" })
  .describe("The whole migration as `data` after each change; ends when it rests.");

const rows: Row[] = [
  ...accountOperations,
  ...studentOperations,
  ["GET", "/api/me", "signed-in", "Who is signed in", { 200: profileView }],
  ["PATCH", "/api/me", "signed-in", "Change one's name or zone", { 204: null }, profileInput],
  [
    "POST",
    "/api/language",
    "anyone",
    "Choose the language of this browser's pages while nobody is signed in",
    { 204: null },
    languageInput,
  ],
  ["GET", "/api/preferences", "signed-in", "Which mails one gets", { 200: preferencesView }],
  [
    "PATCH",
    "/api/preferences",
    "signed-in",
    "Choose which mails one gets",
    { 200: preferencesView },
    preferencesInput,
  ],
  [
    "POST",
    "/api/preferences/ask-again",
    ["student"],
    "Have one's guardian asked once more",
    { 200: preferencesView },
  ],
  [
    "DELETE",
    "/api/preferences/never",
    "signed-in",
    "Take back “No, never”, which one said for one's own confirmed address",
    { 204: null },
  ],
  ...linkOperations,
  ["GET", "/api/notes", "signed-in", "What has changed for one", { 200: z.array(noteView) }],
  ["POST", "/api/notes/{id}/seen", "signed-in", "Dismiss it", { 204: null }],
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
  [
    "GET",
    "/api/tutors",
    "signed-in",
    "All tutors",
    { 200: z.array(participant) },
    undefined,
    pageBy.name,
  ],
  [
    "GET",
    "/api/bookings",
    "signed-in",
    "One's bookings",
    { 200: z.array(bookingView) },
    undefined,
    pageBy.instant,
  ],
  ["POST", "/api/bookings", ["student"], "Ask for a lesson", { 201: bookingView }, bookingInput],
  ["POST", "/api/bookings/{id}/accept", tutor, "Make its lessons", { 200: withIds }],
  [
    "POST",
    "/api/bookings/{id}/decline",
    tutor,
    "Decline it",
    { 200: bookingView },
    bookingDecisionInput,
  ],
  [
    "POST",
    "/api/bookings/{id}/cancel",
    "signed-in",
    "Call it off",
    { 200: bookingView },
    bookingDecisionInput,
  ],
  [
    "GET",
    "/api/sessions",
    "signed-in",
    "One's lessons",
    { 200: z.array(sessionView) },
    undefined,
    pageBy.instant,
  ],
  [
    "GET",
    "/api/destinations",
    "signed-in",
    "What one can go to by name: a tutor's students, and one's lessons ahead",
    { 200: destinationsView },
  ],
  ["GET", "/api/sessions/{id}", "signed-in", "One lesson", { 200: sessionView }],
  ["GET", "/api/sessions/{id}/history", "signed-in", "Its rooms", { 200: linkHistoryView }],
  ...changeOperations,
  ["POST", "/api/sessions/{id}/no-show", tutor, "The student didn't come", { 200: sessionView }],
  [
    "POST",
    "/api/sessions/{id}/own-link",
    tutor,
    "Give it a room made by hand, until the next switch or refresh",
    { 200: sessionView },
    ownLinkInput,
  ],
  [
    "GET",
    "/api/zone-changes",
    tutor,
    "Lessons whose local time changed with a zone's rules",
    { 200: z.array(zoneChangeView) },
  ],
  [
    "POST",
    "/api/zone-changes",
    tutor,
    "Keep what was agreed on, or the instant",
    { 200: zoneDecisionView },
    zoneDecisionInput,
  ],
  [
    "POST",
    "/api/sessions/migrate-provider",
    tutor,
    "New links for all future lessons",
    { 200: migrationResult, 202: migrationResult },
  ],
  [
    "GET",
    "/api/migrations",
    tutor,
    "One's migrations",
    { 200: z.array(migrationView) },
    undefined,
    pageBy.number,
  ],
  [
    "GET",
    "/api/migrations/preview",
    tutor,
    "What a switch to a provider would do",
    { 200: migrationPreview },
    undefined,
    previewInput,
  ],
  ["GET", "/api/migrations/{id}", tutor, "One of them, whole", { 200: migrationDetail }],
  [
    "GET",
    "/api/migrations/{id}/events",
    tutor,
    "One of them, as it goes on",
    { 200: events, 204: null },
  ],
  [
    "POST",
    "/api/migrations/{id}/retry",
    tutor,
    "Try its failed lessons again",
    { 200: migrationResult, 202: migrationResult },
    retryInput,
  ],
  [
    "POST",
    "/api/migrations/{id}/undo",
    tutor,
    "Take the newest one back",
    { 200: migrationResult, 202: migrationResult },
  ],
  ...supportOperations,
  [
    "POST",
    "/api/webhooks/zoom",
    "key-holder",
    "Zoom's notices, signed with the app's secret token; 404 where none is set",
    { 200: z.looseObject({}) },
    z.looseObject({ event: z.string() }),
  ],
  [
    "GET",
    "/api/metrics",
    "key-holder",
    "Figures as text for Prometheus: METRICS_TOKEN as bearer, or on loopback",
    { 200: null },
  ],
  ["GET", "/api/calendar", "signed-in", "Whether one has a feed", { 200: calendarFeedView }],
  ["POST", "/api/calendar", "signed-in", "A new private address", { 201: newCalendarFeedView }],
  ["DELETE", "/api/calendar", "signed-in", "Revoke the address", { 204: null }],
  ["GET", "/calendar/{token}.ics", "anyone", "Lessons for calendar apps", { 200: null, 304: null }],
  ["GET", "/api/health", "anyone", "The process lives", { 200: z.looseObject({}) }],
  ["GET", "/api/ready", "anyone", "Database and jobs answer", { 200: z.looseObject({}) }],
  ["GET", "/api/openapi.json", "anyone", "This description", { 200: z.looseObject({}) }],
  ["GET", "/sessions/{id}/join", "signed-in", "The stable link: into the room", { 303: null }],
];

export const operations: Operation[] = rows.map(
  ([method, path, may, summary, answers, body, query]) => ({
    method,
    path,
    may,
    summary,
    answers,
    ...(body && { body }),
    ...(query && { query }),
  }),
);

/** What support asks for. */
import { typedYes } from "#lib/services/support/declareOutage.ts";
import { outageView } from "#lib/services/support/outageViews.ts";
import { supportCheck, tutorReport } from "#lib/services/support/views.ts";
import { migrationResult } from "#lib/services/switching/views.ts";
import type { Role } from "#lib/services/verb/context.ts";
import type { Row } from "./operation.ts";

const support: Role[] = ["admin"];

export const supportOperations: Row[] = [
  [
    "GET",
    "/api/support/tutors/{who}",
    support,
    "What is right and wrong with a tutor; no provider is asked",
    { 200: tutorReport },
  ],
  [
    "POST",
    "/api/support/tutors/{who}/check",
    support,
    "Ask the providers about all their links",
    { 200: supportCheck },
  ],
  [
    "POST",
    "/api/support/tutors/{who}/retry",
    support,
    "Try the failed lessons of their newest migration again",
    { 200: migrationResult, 202: migrationResult },
  ],
  [
    "GET",
    "/api/support/outages/{provider}",
    support,
    "Whom an outage of google_meet or zoom concerns, and how far one that was declared has come",
    { 200: outageView },
  ],
  [
    "POST",
    "/api/support/outages/{provider}",
    support,
    "Tell every tutor with lessons there within a day, once in six hours",
    { 200: outageView },
    typedYes,
  ],
  [
    "POST",
    "/api/support/outages/{provider}/over",
    support,
    "Tell those who were told that it is over",
    { 200: outageView },
    typedYes,
  ],
];

/** How lessons are moved and cancelled, and how another time is asked for. */
import { declineInput } from "#lib/services/sessions/answerRequest.ts";
import { askInput } from "#lib/services/sessions/askForTime.ts";
import { cancelInput } from "#lib/services/sessions/cancelSession.ts";
import { rescheduleInput } from "#lib/services/sessions/rescheduleSession.ts";
import { sessionView } from "#lib/services/sessions/views.ts";
import type { Role } from "#lib/services/verb/context.ts";
import type { Row } from "./operation.ts";

const tutor: Role[] = ["tutor"];

export const changeOperations: Row[] = [
  [
    "POST",
    "/api/sessions/{id}/reschedule",
    tutor,
    "Move it, or several of its booking, to another time",
    { 200: sessionView },
    rescheduleInput,
  ],
  [
    "POST",
    "/api/sessions/{id}/cancel",
    "signed-in",
    "Call it off, or, for the tutor, several of its booking",
    { 200: sessionView },
    cancelInput,
  ],
  [
    "POST",
    "/api/sessions/{id}/ask",
    ["student"],
    "Ask the tutor for another time of it",
    { 200: sessionView },
    askInput,
  ],
  [
    "POST",
    "/api/change-requests/{id}/accept",
    tutor,
    "Move the lesson to where it was asked for",
    { 200: sessionView },
  ],
  [
    "POST",
    "/api/change-requests/{id}/decline",
    tutor,
    "Leave the lesson where it is",
    { 200: sessionView },
    declineInput,
  ],
  [
    "POST",
    "/api/change-requests/{id}/withdraw",
    ["student"],
    "Take back what one asked for",
    { 200: sessionView },
  ],
];

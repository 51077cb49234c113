/** What is done by links that were mailed, without a sign-in. */
import { z } from "zod";
import { answerInput, questionView } from "#lib/services/asking/answer.ts";
import { enteredView } from "#lib/services/doors/views.ts";
import { askInput } from "#lib/services/sessions/askForTime.ts";
import type { Row } from "./operation.ts";

export const linkOperations: Row[] = [
  [
    "POST",
    "/api/asked/{token}",
    "key-holder",
    "Answer a question that was mailed, by the link in the mail",
    { 200: questionView },
    answerInput,
  ],
  [
    "GET",
    "/asked/{token}/never",
    "anyone",
    "From a mail's List-Unsubscribe header to the page",
    { 303: null },
  ],
  [
    "POST",
    "/asked/{token}/never",
    "key-holder",
    "A mail program's one-click unsubscribe (RFC 8058): no mails in other people's names",
    { 204: null },
    z.string().meta({ contentMediaType: "application/x-www-form-urlencoded" }),
  ],
  [
    "POST",
    "/j/{token}/enter",
    "key-holder",
    "Into the room by a personal link; nothing else tells the room's address",
    { 200: enteredView },
  ],
  [
    "POST",
    "/j/{token}/ask",
    "key-holder",
    "Ask the tutor for another time of the lesson, by a personal link",
    { 204: null },
    askInput,
  ],
  [
    "POST",
    "/j/{token}/withdraw",
    "key-holder",
    "Take back what was asked for by this person's link",
    { 204: null },
  ],
  [
    "POST",
    "/j/{token}/send",
    "anyone",
    "Have the present link mailed to whoever this one was made for; the answer is always the same",
    { 204: null },
  ],
  [
    "POST",
    "/api/sessions/{id}/send-links",
    "anyone",
    "Have a lesson's personal links mailed to its people; the answer is always the same",
    { 204: null },
  ],
  [
    "POST",
    "/api/preferences/new-links",
    ["student"],
    "End the links to one's lessons that were mailed so far, one's guardian's too, and have new ones sent",
    { 204: null },
  ],
];

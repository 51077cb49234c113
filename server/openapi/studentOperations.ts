/** A tutor's students, and the lessons that the tutor enters for them. */
import { z } from "zod";
import { lessonsInput } from "#lib/services/bookings/addLessons.ts";
import { bookingView } from "#lib/services/bookings/views.ts";
import { againInput, studentChange, studentInput } from "#lib/services/students/input.ts";
import { studentView } from "#lib/services/students/views.ts";
import type { Role } from "#lib/services/verb/context.ts";
import { pageBy } from "#lib/services/verb/page.ts";
import type { Row } from "./operation.ts";

const tutor: Role[] = ["tutor"];
const withIds = bookingView.extend({ sessionIds: z.array(z.uuid()) });

export const studentOperations: Row[] = [
  [
    "GET",
    "/api/students",
    tutor,
    "One's students, with and without an account",
    { 200: z.array(studentView) },
    undefined,
    pageBy.name,
  ],
  [
    "POST",
    "/api/students",
    tutor,
    "Write down a student, who needs no account; addresses are asked before they get anything else",
    { 201: studentView },
    studentInput,
  ],
  ["GET", "/api/students/{id}", tutor, "One student", { 200: studentView }],
  [
    "PATCH",
    "/api/students/{id}",
    tutor,
    "Change what one wrote down; the student's id may change with the address",
    { 200: studentView },
    studentChange,
  ],
  [
    "DELETE",
    "/api/students/{id}",
    tutor,
    "Take a student without lessons ahead off the list",
    { 204: null },
  ],
  [
    "POST",
    "/api/students/{id}/ask-again",
    tutor,
    "Have an address of a student asked once more",
    { 200: studentView },
    againInput,
  ],
  [
    "POST",
    "/api/students/{id}/lessons",
    tutor,
    "Enter a lesson or a weekly series; nobody has to accept it",
    { 201: withIds },
    lessonsInput,
  ],
  [
    "GET",
    "/api/sessions/{id}/personal-link",
    tutor,
    "The link of a student without an account, to pass on to them",
    { 200: z.object({ url: z.url() }) },
  ],
];

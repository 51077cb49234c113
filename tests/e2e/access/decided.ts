/**
 * What everybody is answered by every operation, page and endpoint, as decided by hand. `access.spec.ts` asks
 * each of them as each person and compares; a row that is missing here, or a cell without a decision, is a
 * failing test.
 *
 * A number is a status. 403u: the address isn't confirmed. A word behind > is where a redirect leads: a page
 * of ours, `room` or `consent` at a provider, or what a page is told in `?error=`.
 */

/** Each line of the table below decides for these, in this order. */
export const groups = [
  "out",
  "new tutor",
  "new student",
  "tutor",
  "other tutor",
  "student",
  "other student",
  "support",
] as const;
export type Group = (typeof groups)[number];

/** Who asks, and for which of the groups they count: whoever shows nothing that is valid is out. */
export const people = {
  nobody: "out",
  "a bearer that was signed out": "out",
  "a cookie of a deleted account": "out",
  "a row of the table of sign-ins, as bearer": "out",
  "a row of the table of sign-ins, as cookie": "out",
  "a token without its signature, as bearer": "out",
  "a token without its signature, as cookie": "out",
  "an unconfirmed tutor": "new tutor",
  "an unconfirmed student": "new student",
  "the tutor, by cookie": "tutor",
  "the tutor, by bearer": "tutor",
  "another tutor": "other tutor",
  "the student": "student",
  "another student": "other student",
  support: "support",
} as const satisfies Record<string, Group>;
export type Person = keyof typeof people;

const table = `
                                       | out | new t | new s | tutor | other t | student | other s | support

GET /api/health                        | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/ready                         | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/openapi.json                  | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/language                     | 204 | 204  | 204  | 204 | 204 | 204 | 204 | 204
# There is no demo.
POST /api/demo/enter                   | 404 | 404  | 404  | 404 | 404 | 404 | 404 | 404

# Each needs a key of its own, which being signed in doesn't replace.
GET /api/metrics                       | 401 | 401  | 401  | 401 | 401 | 401 | 401 | 401
POST /api/webhooks/zoom                | 401 | 401  | 401  | 401 | 401 | 401 | 401 | 401
POST /api/cli                          | 404 | 404  | 404  | 404 | 404 | 404 | 404 | 404
# Whoever holds the mailed or private address is answered, and nobody more.
GET /calendar/{token}.ics              | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /asked/{token}                     | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /asked/{token}/never               | >asked | >asked | >asked | >asked | >asked | >asked | >asked | >asked
POST /asked/{token}/never              | 204 | 204  | 204  | 204 | 204 | 204 | 204 | 204
POST /api/asked/{token}                | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /j/{token}                         | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
# The lesson isn't for days, so nobody is let in.
POST /j/{token}/enter                  | 409 | 409  | 409  | 409 | 409 | 409 | 409 | 409
POST /j/{token}/withdraw               | 409 | 409  | 409  | 409 | 409 | 409 | 409 | 409
# For a time that has passed, which is at fault whoever asks.
POST /j/{token}/ask                    | 400 | 400  | 400  | 400 | 400 | 400 | 400 | 400
POST /j/{token}/send                   | 204 | 204  | 204  | 204 | 204 | 204 | 204 | 204
POST /api/sessions/{id}/send-links     | 204 | 204  | 204  | 204 | 204 | 204 | 204 | 204

# With a mailed link of somebody else's account.
GET /confirm-address                   | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /confirm-address/not-me            | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/account/confirm-address      | 403 | 403  | 403  | 403 | 403 | 403 | 403 | 403
# With a link that was never mailed.
POST /api/account/disown               | 404 | 404  | 404  | 404 | 404 | 404 | 404 | 404
POST /api/account/reset-password       | 400 | 400  | 400  | 400 | 400 | 400 | 400 | 400
GET /reset-password                    | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200

GET /                                  | 200 | >sessions | >sessions | >sessions | >sessions | >sessions | >sessions | >support
GET /sign-in                           | 200 | >  | >  | >  | >  | >  | >  | >
GET /sign-up                           | 200 | >  | >  | >  | >  | >  | >  | >
GET /forgot-password                   | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200
POST /api/account/sign-up/email        | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/account/sign-in/email        | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/account/request-password-reset | 200 | 200 | 200 | 200 | 200 | 200 | 200 | 200
# All other endpoints of sign-in's library.
ANY /api/account/{other}               | 404 | 404  | 404  | 404 | 404 | 404 | 404 | 404

POST /api/account/send-confirmation    | 401 | 204  | 204  | 204 | 204 | 204 | 204 | 204
POST /api/account/keep-address         | 401 | 204  | 204  | 204 | 204 | 204 | 204 | 204
# With a wrong password, which is at fault only for somebody who is signed in.
POST /api/account/change-address       | 401 | 400  | 400  | 400 | 400 | 400 | 400 | 400
POST /api/account/change-password      | 401 | 400  | 400  | 400 | 400 | 400 | 400 | 400
POST /api/account/delete               | 401 | 400  | 400  | 400 | 400 | 400 | 400 | 400

GET /api/me                            | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
PATCH /api/me                          | 401 | 204  | 204  | 204 | 204 | 204 | 204 | 204
GET /api/preferences                   | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
PATCH /api/preferences                 | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
DELETE /api/preferences/never          | 401 | 403u | 403u | 204 | 204 | 204 | 204 | 204
# The guardian has answered above, so nobody is to be asked.
POST /api/preferences/ask-again        | 401 | 403  | 409  | 403 | 403 | 409 | 409 | 403
POST /api/preferences/new-links        | 401 | 403  | 204  | 403 | 403 | 204 | 204 | 403
GET /api/calendar                      | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/tutors                        | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/notes                         | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/notes/{id}/seen              | 401 | 404  | 404  | 404 | 404 | 204 | 404 | 404
GET /settings                          | >sign-in | 200 | 200 | 200 | 200 | 200 | 200 | 200

GET /api/bookings                      | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
POST /api/bookings                     | 401 | 403  | 403u | 403 | 403 | 201 | 201 | 403
POST /api/bookings/{id}/accept         | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/bookings/{id}/decline        | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/bookings/{id}/cancel         | 401 | 404  | 404  | 200 | 404 | 200 | 404 | 404
GET /bookings                          | >sign-in | 200 | 200 | 200 | 200 | 200 | 200 | 404

GET /api/destinations                  | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/students                      | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
POST /api/students                     | 401 | 201  | 403  | 201 | 201 | 403 | 403 | 403
GET /api/students/{id}                 | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
PATCH /api/students/{id}               | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
# No address was given.
POST /api/students/{id}/ask-again      | 401 | 404  | 403  | 409 | 404 | 403 | 403 | 403
POST /api/students/{id}/lessons        | 401 | 403u | 403  | 201 | 404 | 403 | 403 | 403
GET /students                          | >sign-in | 200 | 404 | 200 | 200 | 404 | 404 | 404
GET /students/{id}                     | >sign-in | 404 | 404 | 200 | 404 | 404 | 404 | 404
DELETE /api/students/{id}              | 401 | 404  | 403  | 204 | 404 | 403 | 403 | 403
# The lesson's student has an account.
GET /api/sessions/{id}/personal-link   | 401 | 404  | 403  | 409 | 404 | 403 | 403 | 403

GET /api/sessions                      | 401 | 200  | 200  | 200 | 200 | 200 | 200 | 200
GET /api/sessions/{id}                 | 401 | 404  | 404  | 200 | 404 | 200 | 404 | 404
GET /api/sessions/{id}/history         | 401 | 404  | 404  | 200 | 404 | 200 | 404 | 404
POST /api/sessions/{id}/own-link       | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/sessions/{id}/no-show        | 401 | 404  | 403  | 409 | 404 | 403 | 403 | 403
POST /api/sessions/{id}/reschedule     | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/sessions/{id}/ask            | 401 | 403  | 404  | 403 | 403 | 200 | 404 | 403
POST /api/change-requests/{id}/accept  | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/change-requests/{id}/decline | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/change-requests/{id}/withdraw | 401 | 403 | 404  | 403 | 403 | 200 | 404 | 403
POST /api/sessions/{id}/cancel         | 401 | 404  | 404  | 200 | 404 | 200 | 404 | 404
GET /api/zone-changes                  | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
POST /api/zone-changes                 | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
GET /sessions                          | >sign-in | 200 | 200 | 200 | 200 | 200 | 200 | 404
GET /sessions/{id}                     | >sign-in | 404 | 404 | 200 | 404 | 200 | 404 | 404
GET /sessions/{id}/waiting             | >sign-in | 404 | 404 | 200 | 404 | 200 | 404 | 404
GET /sessions/{id}/join                | >sign-in | >waiting | >waiting | >waiting | >waiting | >waiting | >waiting | >waiting

GET /api/connection                    | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
POST /api/connection/check             | 401 | 400  | 403  | 200 | 400 | 403 | 403 | 403
GET /tutor/video-setup                 | >sign-in | 200 | 404 | 200 | 200 | 404 | 404 | 404
GET /api/migrations                    | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
GET /api/migrations/preview            | 401 | 200  | 403  | 200 | 200 | 403 | 403 | 403
GET /api/migrations/{id}               | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
GET /api/migrations/{id}/events        | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403
POST /api/migrations/{id}/retry        | 401 | 404  | 403  | 409 | 404 | 403 | 403 | 403
POST /api/sessions/migrate-provider    | 401 | 400  | 403  | 200 | 400 | 403 | 403 | 403
POST /api/migrations/{id}/undo         | 401 | 404  | 403  | 200 | 404 | 403 | 403 | 403

GET /api/support/tutors/{who}          | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 200
POST /api/support/tutors/{who}/check   | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 200
POST /api/support/tutors/{who}/retry   | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 409
GET /api/support/outages/{provider}    | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 200
POST /api/support/outages/{provider}   | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 400
POST /api/support/outages/{provider}/over | 401 | 403  | 403  | 403 | 403 | 403 | 403 | 400
GET /support/outages/{provider}        | >sign-in | 404 | 404 | 404 | 404 | 404 | 404 | 200
GET /support                           | >sign-in | 404 | 404 | 404 | 404 | 404 | 404 | 200

# What ends something comes last, so that it is there for the lines above.
GET /api/auth/google                   | >not_signed_in | >address_unconfirmed | >not_signed_in | >consent | >consent | >not_signed_in | >not_signed_in | >not_signed_in
GET /api/auth/zoom                     | >not_signed_in | >address_unconfirmed | >not_signed_in | >consent | >consent | >not_signed_in | >not_signed_in | >not_signed_in
GET /api/auth/google/callback          | >not_signed_in | >state_mismatch | >not_signed_in | >state_mismatch | >state_mismatch | >not_signed_in | >not_signed_in | >not_signed_in
GET /api/auth/zoom/callback            | >not_signed_in | >state_mismatch | >not_signed_in | >state_mismatch | >state_mismatch | >not_signed_in | >not_signed_in | >not_signed_in
POST /api/calendar                     | 401 | 201  | 201  | 201 | 201 | 201 | 201 | 201
DELETE /api/calendar                   | 401 | 204  | 204  | 204 | 204 | 204 | 204 | 204
DELETE /api/connection                 | 401 | 400  | 403  | 204 | 400 | 403 | 403 | 403
POST /api/account/sign-out             | 200 | 200  | 200  | 200 | 200 | 200 | 200 | 200
`;

type Decisions = Partial<Record<Group, string>>;

/** By "METHOD /path", in the order in which they are asked. */
export const decided: ReadonlyMap<string, Decisions> = new Map(
  table
    .split("\n")
    .slice(2)
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", ...cells] = line.split("|").map((cell) => cell.trim());
      return [name, Object.fromEntries(cells.map((cell, index) => [groups[index], cell]))];
    }),
);

/** What sets its target going or ends it, so that each cell in which it succeeds needs a target of its own. */
export const takesItsTarget: ReadonlySet<string> = new Set([
  "POST /api/bookings/{id}/accept",
  "POST /api/bookings/{id}/decline",
  "POST /api/bookings/{id}/cancel",
  "POST /api/sessions/{id}/ask",
  "POST /api/change-requests/{id}/accept",
  "POST /api/change-requests/{id}/decline",
  "POST /api/change-requests/{id}/withdraw",
  "POST /api/sessions/{id}/cancel",
  "POST /api/migrations/{id}/undo",
]);

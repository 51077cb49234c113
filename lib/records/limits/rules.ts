/**
 * How often what may be done: the one table of it. A limit is for scripts; whoever presses a button, however
 * often, shouldn't meet one, and nothing that two people have agreed on is limited at all.
 */

/**
 * Whose uses are added up. pair: a student and a tutor. recipient: a mailbox. account: an address that
 * somebody signs in with, whether or not it has an account. browser: one that has signed in there before.
 * address: of the sender, as `TRUSTED_PROXIES` says; IPv6 by its /64.
 */
export type CountedBy =
  | "person"
  | "pair"
  | "recipient"
  | "account"
  | "browser"
  | "account and address"
  | "address"
  | "link";

export interface Window {
  most: number;
  seconds: number;
}

export interface Limit {
  by: CountedBy;
  /** All of them hold. */
  windows: readonly [Window, ...Window[]];
  what: string;
}

const MINUTES = 60;
const HOUR = 60 * MINUTES;
const DAY = 24 * HOUR;

/** Sliding: a use counts for exactly this long, and there is no moment at which everything begins anew. */
const per = (seconds: number, most: number): Window => ({ seconds, most });

export const limits = {
  signUp: { by: "address", windows: [per(HOUR, 300)], what: "accounts made" },
  failedSignIn: {
    by: "account",
    windows: [per(HOUR, 300)],
    what: "wrong passwords, over all senders; each is answered more slowly than the one before",
  },
  failedSignInHere: {
    by: "account and address",
    windows: [per(HOUR, 100)],
    what: "wrong passwords for one account from one address",
  },
  failedSignInFrom: {
    by: "address",
    windows: [per(HOUR, 1_000)],
    what: "wrong passwords for any account",
  },
  failedSignInKnown: {
    by: "browser",
    windows: [per(HOUR, 30)],
    what: "wrong passwords in a browser that signed in before; more count as a stranger's",
  },
  resetAsked: { by: "address", windows: [per(HOUR, 1_000)], what: "links asked for by mail" },
  wrongPassword: {
    by: "person",
    windows: [per(HOUR, 20)],
    what: "wrong passwords given to confirm or change an account",
  },
  strangersMail: {
    by: "recipient",
    windows: [per(HOUR, 4), per(DAY, 6)],
    what: "mails that somebody's doing sends who needn't be the mailbox's owner, over all such verbs together",
  },
  resetMail: {
    by: "person",
    windows: [per(HOUR, 2)],
    what: "links that set a new password, to whoever owns the account; each lives for an hour, or until there is a new password and the count begins anew, so there is always one or room for one",
  },
  newPassword: { by: "person", windows: [per(HOUR, 10)], what: "changes of one's password" },
  addressAsked: { by: "person", windows: [per(DAY, 5)], what: "other addresses for one's account" },
  answer: {
    by: "link",
    windows: [per(10 * MINUTES, 20)],
    what: "answers by one mailed link; somebody who changes their mind needs a few",
  },
  door: {
    by: "link",
    windows: [per(10 * MINUTES, 60)],
    what: "ways in by one personal link; a bad connection needs a few",
  },
  timeAsked: {
    by: "person",
    windows: [per(DAY, 30)],
    what: "other times asked for, of all lessons of one student, by them or their guardian",
  },
  linkOfLesson: {
    by: "link",
    windows: [per(HOUR, 5), per(DAY, 10)],
    what: "mails with the personal links to one lesson, whoever asks for them",
  },
  linksFrom: {
    by: "address",
    windows: [per(HOUR, 60)],
    what: "personal links asked for from one address, such as a school's",
  },
  newLinks: {
    by: "person",
    windows: [per(DAY, 5)],
    what: "times that one has one's links made anew",
  },
  guardianAsked: { by: "person", windows: [per(DAY, 5)], what: "guardians asked" },
  lessonsAdded: {
    by: "person",
    windows: [per(HOUR, 200)],
    what: "lessons and series that a tutor enters",
  },
  students: {
    by: "person",
    windows: [per(HOUR, 300)],
    what: "changes of what a tutor wrote down about students",
  },
  studentsAsked: {
    by: "person",
    windows: [per(DAY, 100)],
    what: "students and guardians that a tutor has asked by mail",
  },
  profile: {
    by: "person",
    windows: [per(HOUR, 120)],
    what: "changes of one's name, zone or language",
  },
  preferences: { by: "person", windows: [per(HOUR, 120)], what: "changes of which mails one gets" },
  newFeed: { by: "person", windows: [per(HOUR, 20)], what: "new addresses of one's calendar" },
  feed: {
    by: "person",
    windows: [per(HOUR, 600)],
    what: "readings of one's calendar by calendar apps",
  },
  consent: { by: "person", windows: [per(10 * MINUTES, 30)], what: "ways to a consent page" },
  refresh: { by: "person", windows: [per(HOUR, 20)], what: "refreshes that move lessons" },
  retry: { by: "person", windows: [per(HOUR, 60)], what: "retries of failed lessons" },
  check: { by: "person", windows: [per(HOUR, 30)], what: "checks of links" },
  preview: { by: "person", windows: [per(10 * MINUTES, 120)], what: "previews of a switch" },
  search: {
    by: "person",
    windows: [per(10 * MINUTES, 120)],
    what: "searches of support through all names and addresses",
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

/**
 * Requests for a lesson are counted where they stand, in `bookings`. Unanswered: not decided, and its first
 * lesson still ahead. Fruitless: asked for within a day, and no lesson came of it. So lessons agreed on count
 * nowhere.
 */
export const bookingLimits = {
  unanswered: { pair: 10, person: 50 },
  fruitless: { pair: 30, person: 100, seconds: DAY },
} as const;

/** Event streams that one person has open in one process. The next one is refused; none is ever ended for it. */
export const MOST_STREAMS = 4;

/** Stands for a sender whose address nobody knows. All of them share one count, which is this much larger. */
export const UNKNOWN_ADDRESS = "unknown";
export const SHARED_TIMES = 10;

/** How a verb is limited, or why it isn't. */
export type VerbLimit =
  | { limited: readonly (LimitName | "bookings" | "streams")[] }
  | { open: string };

const by = (...limited: (LimitName | "bookings" | "streams")[]): VerbLimit => ({ limited });
const agreed: VerbLimit = { open: "people agreed on this lesson" };
const read: VerbLimit = { open: "reads what is one's own, and reaches nobody" };
const safe: VerbLimit = { open: "takes a right back, which must always work" };

/** Every verb that HTTP reaches, and the page that does more than show. A test fails for one that isn't here. */
export const verbs: Readonly<Record<string, VerbLimit>> = {
  "POST /api/account/sign-up/email": by("signUp", "strangersMail"),
  "POST /api/account/sign-in/email": by(
    "failedSignIn",
    "failedSignInHere",
    "failedSignInFrom",
    "failedSignInKnown",
  ),
  "POST /api/account/sign-out": safe,
  "POST /api/account/request-password-reset": by("resetAsked", "resetMail", "strangersMail"),
  "POST /api/account/reset-password": {
    open: "needs the token of a mail, which nobody can guess, and works once",
  },
  "POST /api/account/confirm-address": by("wrongPassword"),
  "POST /api/account/disown": { open: "needs the token of a mail, and works once" },
  "POST /api/account/send-confirmation": by("strangersMail"),
  "POST /api/account/change-address": by("wrongPassword", "addressAsked", "strangersMail"),
  "POST /api/account/keep-address": safe,
  "POST /api/account/change-password": by("wrongPassword", "newPassword"),
  "POST /api/account/delete": by("wrongPassword"),
  "GET /api/me": read,
  "PATCH /api/me": by("profile"),
  "POST /api/demo/enter": {
    open: "exists on one's own machine only, and is paced as the sign-in is",
  },
  "POST /api/language": { open: "sets a cookie in one's own browser" },
  "GET /api/preferences": read,
  "PATCH /api/preferences": by("preferences", "guardianAsked", "strangersMail"),
  "POST /api/preferences/new-links": by("newLinks"),
  "POST /api/preferences/ask-again": by("guardianAsked", "strangersMail"),
  "DELETE /api/preferences/never": { open: "lets oneself be mailed again, and reaches nobody" },
  "POST /api/asked/{token}": by("answer"),
  "POST /asked/{token}/never": by("answer"),
  "GET /asked/{token}/never": { open: "leads to a page and changes nothing" },
  "POST /j/{token}/enter": by("door"),
  "POST /j/{token}/ask": by("timeAsked"),
  "POST /j/{token}/withdraw": { open: "takes back what one asked for, and reaches nobody" },
  "POST /j/{token}/send": by("linkOfLesson", "linksFrom"),
  "POST /api/sessions/{id}/send-links": by("linkOfLesson", "linksFrom"),
  "GET /api/notes": read,
  "POST /api/notes/{id}/seen": { open: "hides one of one's own notes" },
  "GET /api/auth/google": by("consent"),
  "GET /api/auth/google/callback": { open: "needs the state of a way to the consent page, once" },
  "GET /api/auth/zoom": by("consent"),
  "GET /api/auth/zoom/callback": { open: "needs the state of a way to the consent page, once" },
  "GET /api/connection": read,
  "DELETE /api/connection": safe,
  "POST /api/connection/check": by("check"),
  "GET /api/tutors": { open: "reads one list, and reaches nobody" },
  "GET /api/bookings": read,
  "POST /api/bookings": by("bookings"),
  "GET /api/destinations": read,
  "GET /api/students": read,
  "POST /api/students": by("students", "studentsAsked", "strangersMail"),
  "GET /api/students/{id}": read,
  "PATCH /api/students/{id}": by("students", "studentsAsked", "strangersMail"),
  "DELETE /api/students/{id}": safe,
  "POST /api/students/{id}/ask-again": by("studentsAsked", "strangersMail"),
  "POST /api/students/{id}/lessons": by("lessonsAdded"),
  "GET /api/sessions/{id}/personal-link": read,
  "POST /api/bookings/{id}/accept": agreed,
  "POST /api/bookings/{id}/decline": { open: "answers a request once" },
  "POST /api/bookings/{id}/cancel": agreed,
  "GET /api/sessions": read,
  "GET /api/sessions/{id}": read,
  "GET /api/sessions/{id}/history": read,
  "POST /api/sessions/{id}/reschedule": agreed,
  "POST /api/sessions/{id}/cancel": agreed,
  "POST /api/sessions/{id}/ask": by("timeAsked"),
  "POST /api/change-requests/{id}/accept": agreed,
  "POST /api/change-requests/{id}/decline": { open: "answers a request once" },
  "POST /api/change-requests/{id}/withdraw": {
    open: "takes back what one asked for, and reaches nobody",
  },
  "POST /api/sessions/{id}/no-show": agreed,
  "POST /api/sessions/{id}/own-link": agreed,
  "GET /sessions/{id}/join": agreed,
  "GET /api/zone-changes": read,
  "POST /api/zone-changes": agreed,
  "POST /api/sessions/migrate-provider": by("refresh"),
  "GET /api/migrations": read,
  "GET /api/migrations/preview": by("preview"),
  "GET /api/migrations/{id}": read,
  "GET /api/migrations/{id}/events": by("streams"),
  "POST /api/migrations/{id}/retry": by("retry"),
  "POST /api/migrations/{id}/undo": { open: "takes the newest change back, once" },
  "GET /support": by("search"),
  "GET /api/support/tutors/{who}": { open: "reads for support, which the operator appoints" },
  "POST /api/support/tutors/{who}/check": by("check"),
  "POST /api/support/tutors/{who}/retry": by("retry"),
  "GET /api/support/outages/{provider}": { open: "reads for support, which the operator appoints" },
  "POST /api/support/outages/{provider}": { open: "tells each tutor once in six hours" },
  "POST /api/support/outages/{provider}/over": { open: "takes back what was declared, once" },
  "POST /api/webhooks/zoom": { open: "signed by Zoom, whose pace isn't ours to set" },
  "GET /api/metrics": { open: "needs the operator's token" },
  "GET /api/calendar": read,
  "POST /api/calendar": by("newFeed"),
  "DELETE /api/calendar": safe,
  "GET /calendar/{token}.ics": by("feed"),
  "GET /api/health": { open: "answers without the database" },
  "GET /api/ready": { open: "one statement, which balancers ask for each second" },
  "GET /api/openapi.json": { open: "the same text for everybody" },
  "POST /api/cli": { open: "needs the secret of the data folder" },
};

/** What pages need from the server: who is visiting, and the context for the verbs. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type ZoneTable, zoneTable } from "#lib/platform/zones/zoneTable.ts";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { waitingRequests } from "#lib/services/bookings/waitingRequests.ts";
import { readDoor } from "#lib/services/doors/readDoor.ts";
import type { ReadDoor } from "#lib/services/doors/views.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import type { ConnectionView } from "#lib/services/switching/views.ts";
import type { Context, Person, Role } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { beginNonce } from "./consent/beginNonce.ts";
import { NONCE_HEADER, PATH_HEADER } from "./headers.ts";
import { whoIs } from "./http.ts";
import { runtime } from "./runtime.ts";

/** Read once per request, however many parts of the page need it. */
const signedIn = cache(async () => whoIs(await headers()));

export const visitor = async (): Promise<Person | null> => (await signedIn())?.person ?? null;

/** The connection of a tutor; null for anybody else, and before the first one. Read once per request. */
export const ownConnection = cache(async (): Promise<ConnectionView | null> => {
  const person = await visitor();
  return person?.role === "tutor" ? getConnection(await context(), person) : null;
});

/** How many requests wait for a tutor's answer; 0 for anybody else. */
export async function requestsWaiting(): Promise<number> {
  const person = await visitor();
  return person?.role === "tutor" ? waitingRequests(await context(), person) : 0;
}

/** What inline scripts and styles of this page must carry. */
export const pageNonce = async (): Promise<string> => (await headers()).get(NONCE_HEADER) ?? "";

/** What the links to a provider's consent carry on this page; empty for a guest. */
export async function consentNonce(): Promise<string> {
  const present = await signedIn();
  return present ? beginNonce(await context(), present.browserSessionId) : "";
}

/**
 * Sends people who aren't signed in to the sign-in page and back. For people with another role the page
 * doesn't exist.
 */
export async function requirePerson(...roles: Role[]): Promise<Person> {
  const person = await visitor();
  if (!person) {
    const path = (await headers()).get(PATH_HEADER) ?? "/";
    redirect(`/sign-in?returnTo=${encodeURIComponent(path)}`);
  }
  if (roles.length > 0 && !roles.includes(person.role)) notFound();
  return person;
}

/**
 * Whether they have lessons: a tutor or a student does, and whoever is support only as long as there is something of
 * their own from before they were.
 */
export async function hasSide(person: Person): Promise<boolean> {
  if (person.role !== "admin") return true;
  const { items } = await listBookings(await context(), person, { limit: 1, after: null });
  return items.length > 0;
}

/** The lists of lessons and bookings exist only for whoever has some. */
export async function requireSide(): Promise<Person> {
  const person = await requirePerson("tutor", "student", "admin");
  if (!(await hasSide(person))) notFound();
  return person;
}

/** What a personal link leads to; null for one that we never made. Read once per request. */
export const doorOf = cache(
  async (token: string): Promise<ReadDoor | null> =>
    readDoor(await context(), token).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === "not_found") return null;
      throw error;
    }),
);

/** Whoever comes by a personal link reads the page in their own language and zone, without a sign-in. */
export async function doorsReader(): Promise<ReadDoor | null> {
  const path = (await headers()).get(PATH_HEADER) ?? "";
  const [, token] = /^\/j\/([^/?]+)/.exec(path) ?? [];
  return token === undefined ? null : doorOf(token);
}

export const context = async (): Promise<Context> => runtime().ctx;

/** The rules that a page needs to show times in the visitor's zone and in these. */
export async function shownZones(...names: string[]): Promise<ZoneTable> {
  const { zoneRules, clock } = await context();
  const own = (await visitor())?.timeZone;
  return zoneTable(zoneRules, own ? [own, ...names] : names, clock());
}

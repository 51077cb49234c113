/** What pages need from the server: who is visiting, and the context for the verbs. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type ZoneTable, zoneTable } from "#lib/platform/zones/zoneTable.ts";
import { getConnection } from "#lib/services/switching/videoSetup.ts";
import type { ConnectionView } from "#lib/services/switching/views.ts";
import type { Context, Person, Role } from "#lib/services/verb/context.ts";
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

export const context = async (): Promise<Context> => runtime().ctx;

/** The rules that a page needs to show times in the visitor's zone and in these. */
export async function shownZones(...names: string[]): Promise<ZoneTable> {
  const { zoneRules, clock } = await context();
  const own = (await visitor())?.timeZone;
  return zoneTable(zoneRules, own ? [own, ...names] : names, clock());
}

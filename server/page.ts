/** What pages need from the server: who is visiting, and the context for the verbs. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Context, Person, Role } from "#lib/services/context.ts";
import { PATH_HEADER } from "./headers.ts";
import { whoIs } from "./http.ts";
import { runtime } from "./runtime.ts";

/** Read once per request, however many parts of the page need it. */
export const visitor = cache(async (): Promise<Person | null> => {
  const signedIn = await whoIs(await headers());
  return signedIn?.person ?? null;
});

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

/** The people who have accounts at the stand-ins. An account's ids are derived from its email address. */
import { createHash } from "node:crypto";
import { z } from "zod";
import type { ProviderName } from "#sandbox/faults.ts";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

export interface Account {
  email: string;
  name: string;
  /** Google's `sub` (digits) or Zoom's user id (22 characters). */
  id: string;
  /** Zoom's `account_id`, shared by everyone with the same email domain. */
  organisationId: string;
}

const seeds = [
  "demo.one@example.com",
  "demo.two@example.com",
  "demo.three@example.org",
  "demo.four@example.net",
];

const digest = (text: string) => createHash("sha256").update(text).digest();
const shortId = (text: string) => digest(text).toString("base64url").slice(0, 22);

const googleId = (email: string) =>
  `1${(BigInt(`0x${digest(`google ${email}`).toString("hex")}`) % 10n ** 20n).toString().padStart(20, "0")}`;

function nameOf(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ") || email;
}

function make(provider: ProviderName, email: string): Account {
  return {
    email,
    name: nameOf(email),
    id: provider === "google" ? googleId(email) : shortId(`zoom ${email}`),
    organisationId: shortId(`zoom organisation ${email.split("@")[1]}`),
  };
}

export const emailSchema = z.email().transform((email) => email.toLowerCase());

export function accountsOf(world: World, provider: ProviderName): Collection<Account> {
  return world.journal.collection<Account>(`${provider}.accounts`);
}

/** Creates the demo accounts that don't exist yet. */
export function seedAccounts(world: World, provider: ProviderName): void {
  for (const email of seeds) accountFor(world, provider, email);
}

/** The account with this address. It is created on first use. */
export function accountFor(world: World, provider: ProviderName, email: string): Account {
  const accounts = accountsOf(world, provider);
  const known = accounts.get(email);
  if (known) return known;
  const made = make(provider, email);
  accounts.set(email, made);
  return made;
}

/** What parts a database from what this version's migrations make, in one sentence each. */
import { type Catalog, ITSELF } from "./catalog.ts";

/**
 * An operator may add what neither opens nor refuses anything: tables that nobody but they can read, functions, indices. What
 * may open something to the wrong people, or refuse a write of ours, is named.
 */
export function differences(expected: Catalog, found: Catalog): string[] {
  const sentences = Object.entries(expected).flatMap(([owner, parts]) => {
    const there = found[owner];
    return there ? ofParts(owner, parts, there) : [`The ${owner} is missing.`];
  });
  const additional = Object.entries(found).flatMap(([owner, parts]) =>
    Object.hasOwn(expected, owner) ? [] : ofAdditional(owner, parts),
  );
  return [...sentences, ...additional];
}

type Parts = Catalog[string];

function ofParts(owner: string, expected: Parts, found: Parts): string[] {
  const missing = Object.entries(expected).flatMap(([part, is]) => {
    const there = found[part];
    if (there === is) return [];
    return there === undefined ? gone(owner, part) : changed(owner, part, is, there);
  });
  const additional = Object.entries(found)
    .filter(([part, is]) => !Object.hasOwn(expected, part) && matters(part, is))
    .map(([part]) => `The ${named(part)} of the ${owner} isn't this version's.`);
  return [...missing, ...additional];
}

const gone = (owner: string, part: string) => {
  const role = roleIn(part);
  return role
    ? `The role ${role} has lost its rights on the ${owner}.`
    : `The ${named(part)} of the ${owner} is missing.`;
};

function changed(owner: string, part: string, expected: string, found: string): string {
  const role = roleIn(part);
  if (role) return `The role ${role} has other rights on the ${owner} than this version gives it.`;
  if (part !== ITSELF) return `The ${named(part)} of the ${owner} ${became(expected, found)}.`;
  if (expected.startsWith("row-level security") && !found.startsWith("row-level security")) {
    return `Row-level security of the ${owner} is switched off.`;
  }
  return `The ${owner} is another than this version's.`;
}

function became(expected: string, found: string): string {
  if (found === `${expected} DISABLED`) return "is disabled";
  if (found === `${expected} NOT VALID`) return "isn't valid";
  return "is another than this version's";
}

/** A unique index refuses writes; any other only makes something faster. */
const matters = (part: string, is: string) =>
  !part.startsWith("index ") || is.startsWith("CREATE UNIQUE");

const OPEN_TO = ["anon", "authenticated", "public"];

function ofAdditional(owner: string, parts: Parts): string[] {
  const roles = OPEN_TO.filter((role) => parts[`right of ${role}`] !== undefined);
  if (roles.length === 0) return [];
  const itself = parts[ITSELF] ?? "";
  if (itself.startsWith("no row-level security")) {
    return [
      `The ${owner}, which isn't Segue's, is open to ${roles.join(", ")} without row-level security.`,
    ];
  }
  if (itself.includes(", security definer")) {
    return [
      `The ${owner}, which isn't Segue's, does with its owner's rights what ${roles.join(", ")} ask of it.`,
    ];
  }
  return [];
}

const roleIn = (part: string) => /^right of (.+)$/.exec(part)?.[1];
const named = (part: string) => part.replace(/^right of (.+)$/, "right of the role $1");

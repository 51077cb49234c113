/** Finds the tutor whom support was asked about, by whatever somebody has sent: a name, an address, an id, a link. */
import { asService, type Trx } from "#lib/platform/db.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { ConnectionStatus } from "#lib/records/grants/rules.ts";
import {
  type FoundBy,
  type FoundTutor,
  tutorsLike,
  tutorsOfAddress,
  tutorsOfId,
} from "#lib/records/people/queries/search.ts";
import { findDoor } from "#lib/services/doors/findDoor.ts";
import { admit } from "#lib/services/verb/admit.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { assertSupport } from "./onBehalf.ts";

/** With fewer, nearly everybody would be found. */
const LEAST_CHARACTERS = 3;
/** Whoever gets more than this had better write more than read on. */
const MOST_HITS = 20;
/** No name and no address is longer. */
const MOST_CHARACTERS = 254;

export interface Hit {
  tutor: { id: string; name: string; email: string };
  by: FoundBy;
  /** The student, or the lesson's title. */
  what: string | null;
  connection: { provider: ProviderId; status: ConnectionStatus } | null;
  /** How many are still to come, and when the next one starts. */
  lessons: number;
  nextAt: string | null;
}

export interface Found {
  kind: "found";
  /** What the text was taken for: a whole id or address, or a part of a name or address. */
  asked: "id" | "address" | "part";
  hits: Hit[];
  hasMore: boolean;
}

type Search = Found | { kind: "short" };

/**
 * An id or address counts wherever it stands, so that a link to a lesson, a line of a log or the sender of a mail can be
 * pasted as it is. Only what goes through everybody's names is counted: a link to a case always opens.
 * @throws Refusal `not_found` for anybody but support, `too_many`
 */
export async function searchTutors(ctx: Context, admin: Person, text: string): Promise<Search> {
  assertSupport(admin);
  const [id] = ID.exec(text.toLowerCase()) ?? [];
  const wanted = text.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
  if (id === undefined && lengthOf(wanted) < LEAST_CHARACTERS) return { kind: "short" };
  const found = await asService(ctx.db, (trx) => find(ctx, trx, admin, id, wanted));
  ctx.log.info({ adminId: admin.id, hits: found.hits.length }, "Support searched for tutors");
  return found;
}

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;
const DOOR = /\/j\/([\w-]{1,254})/;
/** Bounded, or a long text without any would take long. */
const ADDRESS = /[^\s<>"'(),;:]{1,254}@[^\s<>"'(),;:]{0,253}[^\s<>"'(),;:.]/;

/** Marks without a letter below them are nothing that could be searched for. */
const lengthOf = (text: string): number => [...text.normalize("NFD").replace(/\p{M}/gu, "")].length;

async function find(
  ctx: Context,
  trx: Trx,
  admin: Person,
  id: string | undefined,
  wanted: string,
): Promise<Found> {
  const shown = { now: ctx.clock(), most: MOST_HITS + 1 };
  const lesson = await behindDoor(ctx, trx, wanted);
  if (lesson !== null) return toFound("id", await tutorsOfId(trx, lesson, shown));
  const [address] = ADDRESS.exec(wanted) ?? [];
  if (address !== undefined) {
    const rows = await tutorsOfAddress(trx, address.toLowerCase(), shown);
    if (rows.length > 0) return toFound("address", rows);
  }
  if (id !== undefined) return toFound("id", await tutorsOfId(trx, id, shown));
  if (wanted.length > MOST_CHARACTERS) return toFound("part", []);
  await admit(ctx, trx, "search", admin.id);
  return toFound("part", await tutorsLike(trx, wanted, shown));
}

/** The lesson that a personal link in the text leads to, or led to. It is all that students without an account have. */
async function behindDoor(ctx: Context, trx: Trx, wanted: string): Promise<string | null> {
  const [, token] = DOOR.exec(wanted) ?? [];
  if (token === undefined) return null;
  try {
    return (await findDoor(ctx, trx, token)).session.id;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
}

const toFound = (asked: Found["asked"], rows: FoundTutor[]): Found => ({
  kind: "found",
  asked,
  hits: rows.slice(0, MOST_HITS).map(toHit),
  hasMore: rows.length > MOST_HITS,
});

const toHit = (row: FoundTutor): Hit => ({
  tutor: { id: row.id, name: row.name, email: row.email },
  by: row.found_by,
  what: row.what,
  connection:
    row.provider && row.connection_status
      ? { provider: row.provider, status: row.connection_status }
      : null,
  lessons: row.lessons,
  nextAt: row.next_at?.toISOString() ?? null,
});

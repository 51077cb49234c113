/** Which rooms a lesson has led to, and why they changed. */
import { z } from "zod";
import { asPerson, becomeService } from "#lib/platform/db.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { accountEmails } from "#lib/records/grants/queries/accounts.ts";
import { arrivalsOf, roomsHandedOut } from "#lib/records/meetings/queries/history.ts";
import { meetingStates } from "#lib/records/meetings/rules.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import { passcodesOf } from "#lib/services/calls/passcodes.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { type RoomStay, roomHistoryOf, roomReasons } from "./linkHistory/roomHistory.ts";

const provider = z.enum(providerIds);
const instant = z.iso.datetime();

export const linkHistoryView = z.object({
  moves: z
    .array(z.object({ from: provider, to: provider, at: instant }))
    .describe("From one provider to another, oldest first."),
  rooms: z
    .array(
      z.object({
        provider,
        url: z.string().nullable(),
        passcode: z
          .string()
          .nullable()
          .describe("What it asks for besides its link; null: nothing."),
        from: instant,
        until: instant.nullable().describe("Null: the lesson leads there now."),
        why: z.enum(roomReasons).describe("What brought the lesson there."),
        account: z.string().nullable().describe("Which one, where `why` is `account`."),
        state: z
          .enum(meetingStates)
          .nullable()
          .describe("How the room is now; null where the lesson came back to it later."),
      }),
    )
    .optional()
    .describe("For the tutor only, oldest first."),
});
export type LinkHistory = z.infer<typeof linkHistoryView>;
export type PastRoom = NonNullable<LinkHistory["rooms"]>[number];

/** @throws Refusal `not_found` for everybody but the two participants */
export const linkHistory = (
  ctx: Context,
  person: Person,
  sessionId: string,
): Promise<LinkHistory> =>
  asPerson(ctx.db, { personId: person.id }, async (trx) => {
    const session = await sessionById(trx, asId(sessionId, "lesson"));
    if (!session) throw notFound("lesson");
    const isTutor = session.tutor_id === person.id;
    // A student may not see the ledger. Of what is read here for them, only providers and dates are returned.
    if (!isTutor) await becomeService(trx);
    const rooms = await roomsHandedOut(trx, session.id);
    const stays = roomHistoryOf(rooms, await arrivalsOf(trx, session.id));
    const moves = movesBetween(stays);
    if (!isTutor) return { moves };
    // The ledger was read as the tutor, so these rooms are theirs.
    await becomeService(trx);
    const ids = rooms.map(({ id }) => id);
    const passcodes = await passcodesOf(ctx, trx, ids);
    const grantIds = stays.flatMap(({ why, grantId }) => (why === "account" && grantId) || []);
    const known = { passcodes, accounts: await accountEmails(trx, grantIds) };
    return { moves, rooms: stays.map((stay) => toRoom(stay, known)) };
  });

const movesBetween = (stays: RoomStay[]): LinkHistory["moves"] =>
  stays.flatMap(({ room: to, from: at }, index) => {
    const from = stays[index - 1]?.room.provider;
    if (!from || from === to.provider) return [];
    return [{ from, to: to.provider, at: at.toISOString() }];
  });

const toRoom = (
  { room, from, until, why, grantId, isLast }: RoomStay,
  { passcodes, accounts }: Record<"passcodes" | "accounts", Map<string, string>>,
): PastRoom => ({
  provider: room.provider,
  url: room.join_url,
  passcode: passcodes.get(room.id) ?? null,
  from: from.toISOString(),
  until: until?.toISOString() ?? null,
  why,
  account: accounts.get(grantId ?? "") ?? null,
  state: isLast ? room.state : null,
});

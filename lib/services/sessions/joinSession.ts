/**
 * The stable link finds the room at the moment of the click, so that no mail, calendar entry or open tab ever
 * holds a stale one.
 */
import { asPerson, asService } from "#lib/platform/db.ts";
import { meetingById } from "#lib/records/meetings/queries.ts";
import { sessionById } from "#lib/records/sessions/queries.ts";
import type { Session } from "#lib/records/sessions/rules.ts";
import { callWithGrant } from "#lib/services/calls/grantSession.ts";
import { passcodeOfLesson } from "#lib/services/calls/passcodes.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";
import { guestsWayIn, recordJoin } from "./wayIn.ts";

/** The longest that the tutor waits for the host's own link. */
const HOST_LINK_MS = 2_000;

/**
 * `closed`: too early, cancelled, over, or without a room yet; the lesson's page says which. `passcode`: the link
 * alone would lead before a question; the lesson's page shows what to answer, and the way in.
 */
export type Door = { kind: "open"; url: string } | { kind: "passcode" } | { kind: "closed" };

/**
 * `knowsPasscode`: the person comes from where it is shown.
 * @throws Refusal `not_found` for everybody but the two participants
 */
export async function joinSession(
  ctx: Context,
  person: Person,
  sessionId: string,
  { knowsPasscode = false } = {},
): Promise<Door> {
  const session = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    sessionById(trx, asId(sessionId, "lesson")),
  );
  if (!session) throw notFound("lesson");
  const joinUrl = guestsWayIn(ctx, session);
  if (joinUrl === null) return { kind: "closed" };
  const isTutor = session.tutor_id === person.id;
  const url = isTutor ? await hostLink(ctx, session, joinUrl) : joinUrl;
  // The host's own link asks for nothing.
  const mayAsk = url === joinUrl && !knowsPasscode;
  if (mayAsk && (await passcodeOfLesson(ctx, session.id)) !== null) return { kind: "passcode" };
  await recordJoin(ctx, session, { personId: person.id, asGuardian: false });
  return { kind: "open", url };
}

/**
 * Returns the host's link, or the guests' link if the host's doesn't come in time: entering late is worse
 * than entering as a guest.
 */
async function hostLink(ctx: Context, session: Session, joinUrl: string): Promise<string> {
  const meeting = await asService(ctx.db, async (trx) =>
    session.meeting_id ? meetingById(trx, session.meeting_id) : undefined,
  );
  const { grant_id: grantId, external_id: externalId } = meeting ?? {};
  if (!grantId || !externalId || meeting?.join_url !== joinUrl) return joinUrl;
  const ask = { kind: "host_link", by: session.id, always: true } as const;
  const asked = callWithGrant(ctx, grantId, ask, ({ provider, access }) =>
    provider.hostLink(access, { externalId, joinUrl }),
  ).catch((error: unknown) => {
    // Whatever the error is, even a fault of ours, the tutor gets in.
    ctx.log.warn(
      { sessionId: session.id, err: error },
      "The host's way in could not be had; the tutor enters as a guest",
    );
    return joinUrl;
  });
  return Promise.race([asked, ctx.sleep(HOST_LINK_MS).then(() => joinUrl)]);
}

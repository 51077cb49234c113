/** The one place that knows which step is done how. */
import { isWriteRepeated, type Meeting } from "#lib/records/meetings/rules.ts";
import { isUrgent, type Session } from "#lib/records/sessions/rules.ts";
import type { Step } from "#lib/services/reconcile/planner.ts";
import type { TutorSnapshot } from "#lib/services/reconcile/snapshot.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { changeRow, deleteMeeting, giveUpMove } from "./change.ts";
import { lookUpMeeting } from "./lookUp.ts";
import { makeMeeting, pollMeeting } from "./make.ts";
import type { Place } from "./runCall.ts";
import { updateMeeting } from "./update.ts";

/** @returns false where nothing came of it: somebody else was quicker, and this run leaves it to them */
export const takeStep = (
  ctx: Context,
  snapshot: TutorSnapshot,
  step: Step,
  place: Place,
): Promise<boolean> =>
  step.kind === "give_up"
    ? giveUpMove(ctx, snapshot.tutorId, step)
    : takeRowStep(ctx, snapshot, step, place);

function takeRowStep(
  ctx: Context,
  snapshot: TutorSnapshot,
  step: Exclude<Step, { kind: "give_up" }>,
  place: Place,
): Promise<boolean> {
  const row = snapshot.meetings.get(step.meetingId);
  if (!row) throw new Error(`Meeting ${step.meetingId} isn't in the snapshot`);
  const lesson = snapshot.sessions.get(row.session_id);
  const turn = { row, ...place, isInOrder: row.grant_id === snapshot.connection?.grant_id };
  const hasRoom = isInLivingRoom(snapshot, lesson);
  const urgent = !hasRoom && isSoon(ctx, lesson);
  switch (step.kind) {
    case "make": {
      // It has been asked for in vain today, so another try leaves the reserve alone unless it is urgent.
      const isRepeated = isWriteRepeated(row, ctx.clock());
      return makeMeeting(ctx, turn, { reserved: !hasRoom && (urgent || !isRepeated), urgent });
    }
    case "look":
      return lookUpMeeting(ctx, turn, urgent);
    case "poll":
      return pollMeeting(ctx, turn, urgent);
    case "update":
      return updateMeeting(ctx, turn, lesson);
    case "delete":
      return deleteMeeting(ctx, turn);
    case "let_go":
    case "strand":
      return changeRow(ctx, step.kind, row);
  }
}

const isSoon = (ctx: Context, lesson: Session | undefined): boolean =>
  lesson !== undefined && isUrgent(lesson.scheduled_start_at, ctx.clock());

function isInLivingRoom({ meetings }: TutorSnapshot, lesson: Session | undefined): boolean {
  const room: Meeting | undefined = meetings.get(lesson?.meeting_id ?? "");
  return room?.state === "live";
}

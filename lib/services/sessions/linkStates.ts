/** Whether lessons have a room, and why not. */
import { asService } from "#lib/platform/db.ts";
import { errorClasses } from "#lib/providers/errors.ts";
import { sessionsWithoutWay } from "#lib/records/sessions/queries/blocked.ts";
import { isOpen, type Session } from "#lib/records/sessions/rules.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { LinkState } from "./views.ts";

type Row = Pick<Session, "id" | "status" | "join_url" | "scheduled_start_at" | "scheduled_end_at">;

export async function linkStates(ctx: Context, rows: Row[]): Promise<(row: Row) => LinkState> {
  const now = ctx.clock();
  const isOver = (row: Row) => !isOpen(row.status) || row.scheduled_end_at <= now;
  const roomless = rows.filter((row) => !isOver(row) && !row.join_url).map(({ id }) => id);
  const whyNot = await whyRoomless(ctx, roomless);
  return (row) => {
    if (isOver(row)) return "over";
    return row.join_url ? "ready" : whyNot(row.id);
  };
}

/**
 * Why lessons have no room. The service role reads it, because a student can't see the tutor's connection.
 */
async function whyRoomless(ctx: Context, ids: string[]): Promise<(id: string) => LinkState> {
  if (ids.length === 0) return () => "preparing";
  const refusals = Object.entries(errorClasses)
    .filter(([, kind]) => kind === "permanent")
    .map(([code]) => code);
  const { waiting, refused } = await asService(ctx.db, (trx) =>
    sessionsWithoutWay(trx, ids, refusals),
  );
  return (id) => {
    if (waiting.has(id)) return "waiting";
    return refused.has(id) ? "failed" : "preparing";
  };
}

import type { Trx } from "#lib/platform/db.ts";

/** A wish for some lessons alone: what holds of the wish before it for the others. */
interface Others {
  tutorId: string;
  /** The lessons of the new wish. */
  notOf: string[];
  /** Of the new wish. */
  generation: number;
}

const ofGenerationBefore = (trx: Trx, of: Others, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ generation: of.generation, updated_at: now })
    .where("tutor_id", "=", of.tutorId)
    .where("session_id", "not in", of.notOf)
    .where("generation", "=", of.generation - 1);

/** Rooms that were written in by hand stay. */
export const carryOverManualRooms = (trx: Trx, of: Others, now: Date) =>
  ofGenerationBefore(trx, of, now)
    .where("origin", "=", "manual")
    .where("state", "=", "live")
    .execute();

/** What was refused stays refused. */
export const carryOverRefusals = (trx: Trx, of: Others, now: Date) =>
  ofGenerationBefore(trx, of, now)
    .where("state", "=", "abandoned")
    .where("error_code", "is not", null)
    .execute();

import type { Trx } from "#lib/platform/db.ts";

/** A partial retry raises the generation for all; these queries carry the other lessons' rows over. */
interface Others {
  tutorId: string;
  /** The lessons of the retry. */
  notOf: string[];
  /** The generation of the retry. */
  generation: number;
}

const ofGenerationBefore = (trx: Trx, of: Others, now: Date) =>
  trx
    .updateTable("meetings")
    .set({ generation: of.generation, updated_at: now })
    .where("tutor_id", "=", of.tutorId)
    .where("session_id", "not in", of.notOf)
    .where("generation", "=", of.generation - 1);

/** Rooms that were entered by hand stay. */
export const carryOverManualRooms = (trx: Trx, of: Others, now: Date) =>
  ofGenerationBefore(trx, of, now)
    .where("origin", "=", "manual")
    .where("state", "=", "live")
    .execute();

/** A refusal stays in force, so that the call isn't made again. */
export const carryOverRefusals = (trx: Trx, of: Others, now: Date) =>
  ofGenerationBefore(trx, of, now)
    .where("state", "=", "abandoned")
    .where("error_code", "is not", null)
    .execute();

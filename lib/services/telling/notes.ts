/** Notes inside the app of what has changed for somebody since they last saw them. */
import { z } from "zod";
import { asPerson, becomeService } from "#lib/platform/db.ts";
import { providerIds } from "#lib/providers/provider.ts";
import { markNotesSeen, type NoteRow, noteById, unseenNotes } from "#lib/records/notes/queries.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { asId } from "#lib/services/verb/input.ts";

const provider = z.enum(providerIds);
const label = z.object({ id: provider, label: z.string() });

export const noteView = z.object({
  id: z.uuid(),
  kind: z
    .enum(["moved", "left"])
    .describe("moved: lessons happen at another provider. left: the room you went into was left."),
  tutor: z.object({ id: z.uuid(), name: z.string() }),
  from: label.nullable(),
  to: label,
  lessons: z
    .array(
      z.object({
        id: z.uuid(),
        subject: z.string(),
        startsAt: z.iso.datetime(),
        joinUrl: z.string(),
      }),
    )
    .describe("Soonest first."),
  createdAt: z.iso.datetime(),
});
export type NoteView = z.infer<typeof noteView>;

/** Groups lessons that moved the same way together, the urgent ones first. */
export async function listNotes(ctx: Context, person: Person): Promise<NoteView[]> {
  const rows = await asPerson(ctx.db, { personId: person.id }, (trx) =>
    unseenNotes(trx, ctx.clock()),
  );
  const groups = Map.groupBy(rows, (row) =>
    row.kind === "left"
      ? row.id
      : [row.tutor_id, row.from_provider ?? "", row.to_provider].join(" "),
  );
  const views = [...groups.values()].flatMap((group) => toView(ctx, group) ?? []);
  return views.sort((a, b) => Number(b.kind === "left") - Number(a.kind === "left"));
}

/** Dismisses a note with all lessons in it. @throws Refusal `not_found` */
export function markNoteSeen(ctx: Context, person: Person, noteId: string): Promise<void> {
  return asPerson(ctx.db, { personId: person.id }, async (trx) => {
    if (!(await noteById(trx, asId(noteId, "note")))) throw notFound("note");
    await becomeService(trx);
    await markNotesSeen(trx, noteId, ctx.clock());
  });
}

/** A note has the id of its newest row, so that rows which come later aren't dismissed with it. */
function toView(ctx: Context, group: NoteRow[]): NoteView | null {
  const newest = group.at(-1);
  if (!newest) return null;
  const named = (id: NonNullable<NoteRow["from_provider"]>) => ({
    id,
    label: ctx.providers.label(id),
  });
  return {
    id: newest.id,
    kind: newest.kind,
    tutor: { id: newest.tutor_id, name: newest.tutor_name },
    from: newest.from_provider ? named(newest.from_provider) : null,
    to: named(newest.to_provider),
    lessons: group
      .toSorted((a, b) => +a.scheduled_start_at - +b.scheduled_start_at)
      .map((row) => ({
        id: row.session_id,
        subject: row.subject,
        startsAt: row.scheduled_start_at.toISOString(),
        joinUrl: `${ctx.config.appUrl}/sessions/${row.session_id}/join`,
      })),
    createdAt: newest.created_at.toISOString(),
  };
}

/** What the page shows to what was searched for. */
import { lookAtTutor } from "#lib/services/support/lookAtTutor.ts";
import { type Found, type Hit, searchTutors } from "#lib/services/support/searchTutors.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";

type Answer =
  | { kind: "short" }
  | { kind: "often"; sentence: string }
  | { kind: "nobody"; asked: Found["asked"] }
  | { kind: "several"; found: Found }
  | { kind: "case"; report: TutorReport; hit: Hit; asked: Found["asked"] };

/** A whole id or address leads straight to its tutor, and a part of one to a list, however short that is. */
export async function answerTo(ctx: Context, person: Person, who: string): Promise<Answer> {
  try {
    const found = await searchTutors(ctx, person, who);
    if (found.kind === "short") return found;
    const { hits, asked } = found;
    const [first] = hits;
    if (!first) return { kind: "nobody", asked };
    if (asked === "part" || hits.length > 1) return { kind: "several", found };
    const report = await lookAtTutor(ctx, person, first.tutor.id);
    return { kind: "case", report, hit: first, asked };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "too_many") {
      return { kind: "often", sentence: error.inLanguage(person.language) };
    }
    // The account was deleted between the search and the look.
    if (error.code === "not_found") return { kind: "nobody", asked: "id" };
    throw error;
  }
}

/** The page of a list that a program asks for. */
import { z } from "zod";
import { isWithinReach } from "#lib/platform/localTime.ts";
import type { Page, Paged, Place } from "#lib/platform/paging.ts";

/** What a page holds when nobody asks for less, and at most. */
const MOST = 500;

export const firstPage: Page = { limit: MOST, after: null };

/** For a page of ours that shows a whole list, so that nothing of it is out of reach. */
export async function wholeList<T>(
  list: (page: Page) => Promise<Paged<T>>,
  first = firstPage,
): Promise<T[]> {
  const all: T[] = [];
  for (let page: Page | null = first; page; ) {
    const { items, next }: Paged<T> = await list(page);
    all.push(...items);
    page = next && { ...first, after: next };
  }
  return all;
}

/** A cursor is ours to read: programs take it from the link to the next page. */
export const cursorOf = ({ by, id }: Place): string =>
  Buffer.from(JSON.stringify([by, id])).toString("base64url");

/** @param by what the list is sorted by, as a cursor holds it */
const pageInput = (by: z.ZodType<string>) =>
  z.object({
    limit: z.coerce
      .number<string>()
      .int()
      .min(1, "tooFew")
      .max(MOST, "tooMany")
      .default(MOST)
      .describe("How many, at most."),
    cursor: z
      .string()
      .max(1_000, "tooLong")
      .transform((text, context): Place => {
        const place = z.tuple([by, z.uuid()]).safeParse(read(text)).data;
        if (place) return { by: place[0], id: place[1] };
        context.addIssue({ code: "custom", message: "cursor" });
        return z.NEVER;
      })
      .optional()
      .describe("Where the page begins: from the Link header of the page before."),
  });

/** Null for what nobody was given as a cursor. */
function read(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

/** The queries of lists, by what they are sorted by. */
export const pageBy = {
  /** Exactly as our own cursors write it. */
  instant: pageInput(
    z.string().refine((text) => {
      const at = Date.parse(text);
      return isWithinReach(at) && new Date(at).toISOString() === text;
    }),
  ),
  number: pageInput(z.string().regex(/^\d{1,9}$/)),
  name: pageInput(z.string().regex(/^[^\0]*$/)),
};
export type PageQuery = z.infer<typeof pageBy.name>;

export const toPage = ({ limit, cursor }: PageQuery): Page => ({
  limit,
  after: cursor ?? null,
});

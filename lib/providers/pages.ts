/**
 * Lists are read page by page. Each page is a call of its own, with its own deadline and its own charge against the
 * limits, so a list may be as long as it likes; whoever reads it keeps the place and goes on from there.
 */
import type { z } from "zod";
import { LONGEST_TOKEN, MOST_PAGES } from "#lib/providers/believed.ts";
import { ProviderError } from "#lib/providers/errors.ts";

export interface Place {
  /** Which of the provider's lists, from 0. */
  list: number;
  /** How many of its pages were read before. */
  pages: number;
  /** The provider's own name for the next page; "" for the first. */
  token: string;
}

/** What is kept of a place is text. Anything else than what `placeAfter` writes is the beginning. */
export function placeFrom(kept: string | null): Place {
  const [, list, pages, token] = /^(\d) (\d{1,3}) (.*)$/s.exec(kept ?? "") ?? [];
  return { list: Number(list ?? 0), pages: Number(pages ?? 0), token: token ?? "" };
}

/**
 * @param token the provider's name for the page after this one
 * @param lists how many lists there are to be read one after the other
 * @returns null after the last page of the last list
 * @throws ProviderError `unavailable` when the list leads in a circle or doesn't end, because it is then unknown
 */
export function placeAfter(
  { list, pages, token: own }: Place,
  token: string | null | undefined,
  lists: number,
): string | null {
  if (!token) return list + 1 < lists ? `${list + 1} 0 ` : null;
  if (token === own || pages + 1 >= MOST_PAGES || token.length > LONGEST_TOKEN) {
    throw new ProviderError("unavailable", "The list has no end", { status: 200 });
  }
  return `${list} ${pages + 1} ${token}`;
}

/** Parses a page's entries one by one: most are the account's own, and an odd one mustn't hide ours. */
export function readEntries<T>(
  schema: z.ZodType<T>,
  entries: readonly unknown[],
): { read: T[]; unreadable: unknown[] } {
  const read: T[] = [];
  const unreadable: unknown[] = [];
  for (const entry of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) read.push(parsed.data);
    else unreadable.push(entry);
  }
  return { read, unreadable };
}

import { MOST_PAGES } from "#lib/providers/believed.ts";
import { ProviderError } from "#lib/providers/errors.ts";

/**
 * Asks for page after page of a list, but only as far as the caller reads. `next` is "" for the first page.
 * @throws ProviderError `unavailable` when the list leads in a circle or doesn't end, because it is then unknown
 */
export async function* pagesOf<Page>(
  ask: (next: string) => Promise<Page>,
  nextOf: (page: Page) => string | null | undefined,
): AsyncGenerator<Page> {
  const asked = new Set<string>();
  for (let next = ""; ; ) {
    asked.add(next);
    const page = await ask(next);
    yield page;
    next = nextOf(page) ?? "";
    if (next === "") return;
    if (asked.has(next) || asked.size >= MOST_PAGES) {
      throw new ProviderError("unavailable", "The list has no end", { status: 200 });
    }
  }
}

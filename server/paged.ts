import type { Page, Paged } from "#lib/platform/paging.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { cursorOf, type pageBy, toPage } from "#lib/services/verb/page.ts";
import { type Call, json } from "./http.ts";

/**
 * Answers a list one page at a time. The next page stands in a `Link` header (RFC 8288), so that the answer keeps
 * the shape that it had before there were pages.
 * @param input what the query may hold
 * @throws Refusal where it holds something else
 */
export async function paged<T>(
  { ctx, request }: Call,
  input: (typeof pageBy)[keyof typeof pageBy],
  list: (page: Page) => Promise<Paged<T>>,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const query = parseInput(input, Object.fromEntries(searchParams));
  const { items, next } = await list(toPage(query));
  const answer = json(items);
  if (next) {
    const params = new URLSearchParams({ limit: `${query.limit}`, cursor: cursorOf(next) });
    answer.headers.set("link", `<${ctx.config.appUrl}${pathname}?${params}>; rel="next"`);
  }
  return answer;
}

/** The query of a page's address, as the page gets it. */
export type Query = Record<string, string | string[] | undefined>;

/** Of a name that is there twice, the first counts, as it does for a browser. */
export const paramsOf = (query: Query): Pick<URLSearchParams, "get"> => ({
  get: (name) => [query[name]].flat()[0] ?? null,
});

export interface WithQuery {
  searchParams: Promise<Query>;
}

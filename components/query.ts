/** The query of a page's address, as the page gets it. */
export type Query = Record<string, string | string[] | undefined>;

export interface WithQuery {
  searchParams: Promise<Query>;
}

/** What a page gets from the part of its address behind the question mark. */
export type Query = Record<string, string | string[] | undefined>;

export interface WithQuery {
  searchParams: Promise<Query>;
}

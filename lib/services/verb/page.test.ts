import { expect, test } from "vitest";
import { cursorOf, pageBy, toPage } from "./page.ts";

const id = crypto.randomUUID();

test.each([
  [{ limit: "0" }, "limit"],
  [{ limit: "501" }, "limit"],
  [{ limit: "many" }, "limit"],
  [{ cursor: "x" }, "cursor"],
  [{ cursor: cursorOf({ by: "0000-01-01T00:00:00Z", id }) }, "cursor"],
  [{ cursor: cursorOf({ by: "2026-01-01T00:00:00.000Z", id: "me" }) }, "cursor"],
])("what makes no page is refused at its field: %o", (query, field) => {
  const parsed = pageBy.instant.safeParse(query);
  expect(parsed.error?.issues[0]?.path).toEqual([field]);
});

test.each([
  "2026-01-01T00:00:00Z",
  "2026-01-01T00:00Z",
  "2026-01-01T00:00:00.0Z",
  "2026-01-01T00:00:00.000000Z",
  `2026-01-01T00:00:00.${"9".repeat(300)}Z`,
  "2026-01-01T00:00:00.000+00:00",
  "2026-02-30T00:00:00.000Z",
  "2026-01-01T24:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "3000-01-01T00:00:00.000Z",
  "+010000-01-01T00:00:00.000Z",
  "infinity",
])("a cursor that isn't written as ours are is none: %s", (by) => {
  const parsed = pageBy.instant.safeParse({ cursor: cursorOf({ by, id }) });
  expect(parsed.error?.issues[0]?.path).toEqual(["cursor"]);
});

test("a cursor of ours is the place that it was made of", () => {
  for (const by of ["1970-01-01T00:00:00.000Z", "2999-12-31T23:59:59.999Z"]) {
    const place = { by, id };
    expect(toPage(pageBy.instant.parse({ cursor: cursorOf(place) })).after).toEqual(place);
  }
});

test("without a limit a page holds five hundred", () => {
  expect(toPage(pageBy.instant.parse({}))).toEqual({ limit: 500, after: null });
});

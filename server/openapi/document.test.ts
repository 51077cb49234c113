import { expect, test } from "vitest";
import { openApiDocument } from "./document.ts";

/** Every `enum` of the description, with its path. */
function enumsIn(value: unknown, path = "#"): [string, unknown[]][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === "enum" && Array.isArray(inner)
      ? [[path, inner] as [string, unknown[]]]
      : enumsIn(inner, `${path}/${key}`),
  );
}

test("a value stands once in each of the contract's lists, as JSON Schema wants it", () => {
  const enums = enumsIn(openApiDocument("https://segue.example"));
  expect(enums.length).toBeGreaterThan(5);
  for (const [path, values] of enums) expect(values, path).toEqual([...new Set(values)]);
});

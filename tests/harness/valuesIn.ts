/** What stands in a text's braces, whatever branch that is in. */
import parse from "icu-minify/compile";

/** As the compiled form numbers them. */
const SELECT = 1;
const PLURAL = 2;

interface Value {
  name: string;
  /** Of a choice, what it chooses between, such as "one" and "other". */
  cases: { of: "select" | "plural"; names: string[] } | null;
}

/** The names of all values in a text. */
export const valuesIn = (text: string): string[] => [
  ...new Set(valuesOf(parse(text)).map(({ name }) => name)),
];

/** What a text chooses between: the cases of each `select` ("kind: switch"), or the forms of its plurals ("one"). */
export function casesIn(text: string, of: "select" | "plural"): string[] {
  const cases = valuesOf(parse(text)).flatMap(({ name, cases: found }) =>
    found?.of === of ? found.names.map((one) => (of === "select" ? `${name}: ${one}` : one)) : [],
  );
  return [...new Set(cases)].sort();
}

/** A value is [name], or [name, kind, branches]; a text is a list of texts, values and the number that stands for #. */
function valuesOf(node: unknown): Value[] {
  if (node === null || typeof node !== "object") return [];
  const parts = Object.values(node);
  const [name, kind, branches] = parts;
  const isValue =
    Array.isArray(node) &&
    typeof name === "string" &&
    /^\w+$/.test(name) &&
    (parts.length === 1 || typeof kind === "number");
  const value = isValue ? [{ name, cases: casesOf(kind, branches) }] : [];
  return [...value, ...parts.flatMap(valuesOf)];
}

function casesOf(kind: unknown, branches: unknown): Value["cases"] {
  if (kind !== SELECT && kind !== PLURAL) return null;
  return { of: kind === SELECT ? "select" : "plural", names: Object.keys(Object(branches)) };
}

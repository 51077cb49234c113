/** Each sentence is given the values that stand in it: the browser would write "undefined", or take another branch. */
import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { DEFAULT_LANGUAGE, messagesOf } from "#lib/platform/words.ts";
import { textsOf } from "#tests/harness/catalogKeys.ts";
import { valuesIn } from "#tests/harness/valuesIn.ts";

const texts = textsOf(messagesOf(DEFAULT_LANGUAGE));
const translators = ["useTranslations", "getTranslations", "wordsFor"];

/** What the name means where it is used: the nearest `const` of it around. */
function declared(name: string, at: ts.Node): ts.Expression | undefined {
  for (let scope: ts.Node = at; scope.parent; scope = scope.parent) {
    if (!ts.isBlock(scope.parent) && !ts.isSourceFile(scope.parent)) continue;
    for (const statement of scope.parent.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const found = statement.declarationList.declarations.find(
        (one) => ts.isIdentifier(one.name) && one.name.text === name,
      );
      if (found) return found.initializer && bare(found.initializer);
    }
  }
  return undefined;
}

const bare = (node: ts.Expression): ts.Expression =>
  ts.isAwaitExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node)
    ? bare(node.expression)
    : node;

/** The namespace that a translator reads; null: it is none, or nobody can tell from here. */
function namespaceOf(callee: ts.Expression): string | null {
  const made = ts.isIdentifier(callee) ? declared(callee.text, callee) : bare(callee);
  if (!made || !ts.isCallExpression(made) || !ts.isIdentifier(made.expression)) return null;
  if (!translators.includes(made.expression.text)) return null;
  const named = made.arguments[made.expression.text === "wordsFor" ? 1 : 0];
  return named && ts.isStringLiteralLike(named) ? named.text : null;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function keysRead(namespace: string, key: ts.Expression): string[] {
  if (ts.isConditionalExpression(key)) {
    return [key.whenTrue, key.whenFalse].flatMap((one) => keysRead(namespace, one));
  }
  if (ts.isStringLiteralLike(key)) return [`${namespace}.${key.text}`];
  if (!ts.isTemplateExpression(key)) return [];
  const parts = [key.head.text, ...key.templateSpans.map(({ literal }) => literal.text)];
  const pattern = new RegExp(
    `^${[`${namespace}.${parts[0]}`, ...parts.slice(1)].map(escaped).join("[\\w-]+")}$`,
  );
  return [...texts.keys()].filter((one) => pattern.test(one));
}

/** The names that are given; null where that can't be told from here. */
function namesGiven(values: ts.Expression | undefined): Set<string> | null {
  if (!values) return new Set();
  const given = bare(values);
  if (ts.isIdentifier(given)) {
    const made = declared(given.text, given);
    return made ? namesGiven(made) : null;
  }
  if (!ts.isObjectLiteralExpression(given)) return null;
  const named = given.properties.map(namesOf);
  return named.includes(null) ? null : new Set(named.flatMap((names) => [...(names ?? [])]));
}

function namesOf(property: ts.ObjectLiteralElementLike): Iterable<string> | null {
  if (ts.isSpreadAssignment(property)) return namesGiven(property.expression);
  return property.name && ts.isIdentifier(property.name) ? [property.name.text] : [];
}

const missing: string[] = [];
let compared = 0;

function visit(file: string, node: ts.Node): void {
  ts.forEachChild(node, (child) => visit(file, child));
  if (!ts.isCallExpression(node)) return;
  const callee =
    ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "rich"
      ? node.expression.expression
      : node.expression;
  const namespace = namespaceOf(callee);
  const [key, values] = node.arguments;
  const given = namespace && key ? namesGiven(values) : null;
  if (!namespace || !key || !given) return;
  const reads = keysRead(namespace, bare(key)).map((read) => ({
    read,
    lacks: lacking(read, given),
  }));
  compared += reads.length;
  // Of several keys, some may be read elsewhere alone.
  if (reads.some(({ lacks }) => lacks.length === 0)) return;
  for (const { read, lacks } of reads) missing.push(`${file}: ${read} lacks ${lacks.join(", ")}`);
}

const lacking = (key: string, given: Set<string>): string[] =>
  valuesIn(texts.get(key) ?? "").filter((name) => !given.has(name));

for (const file of globSync("{app,components,lib,server}/**/*.{ts,tsx}")) {
  if (/\.test\.tsx?$/.test(file)) continue;
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    file,
    readFileSync(file, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    kind,
  );
  visit(file, source);
}

test("each text is given all values that stand in it", () => {
  expect(compared).toBeGreaterThan(500);
  expect(missing.join("\n")).toBe("");
});

/** Texts that nobody shows any more are found, and groups of texts that nobody has written. */
import { globSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { DEFAULT_LANGUAGE, messagesOf } from "#lib/platform/words.ts";
import { SERVER_ONLY } from "#server/language/browserMessages.ts";
import { keysOf } from "#tests/harness/catalogKeys.ts";

/** Not read by keys that stand in the sources: by property, or by codes from outside. */
const readOtherwise = ["language.", "problems.", "connectErrors."];

const namespaces = new Set<string>();
/** Those of them that a page asks for, not a mail. */
const namespacesOfPages = new Set<string>();
const literals = new Set<string>();
const patterns: RegExp[] = [];

for (const file of globSync("{app,cli,components,lib,server}/**/*.{ts,tsx}")) {
  if (/\.test\.tsx?$/.test(file)) continue;
  visit(ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest));
}

function visit(node: ts.Node): void {
  if (ts.isStringLiteralLike(node)) literals.add(node.text);
  if (ts.isTemplateExpression(node)) patterns.push(...patternOf(node));
  if (ts.isCallExpression(node)) noteNamespace(node);
  ts.forEachChild(node, visit);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** `status.${status}` reads every text of that group; one without any letters of its own would read all. */
function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp[] {
  const parts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  return /\w/.test(parts.join("")) ? [new RegExp(`^${parts.map(escaped).join("[\\w-]+")}$`)] : [];
}

function noteNamespace({ expression, arguments: given }: ts.CallExpression): void {
  if (!ts.isIdentifier(expression)) return;
  const isPage = ["useTranslations", "getTranslations"].includes(expression.text);
  const named = isPage ? given[0] : given[1];
  if (!named || !ts.isStringLiteralLike(named)) return;
  if (isPage) namespacesOfPages.add(named.text);
  if (isPage || expression.text === "wordsFor") namespaces.add(named.text);
}

const isRead = (key: string): boolean =>
  literals.has(key) || patterns.some((pattern) => pattern.test(key));

/** A translator for "account" reads "signIn.title", one for "account.signIn" reads "title". */
function isUsed(key: string): boolean {
  const parts = key.split(".");
  return parts.some(
    (_, index) =>
      namespaces.has(parts.slice(0, index).join(".")) && isRead(parts.slice(index).join(".")),
  );
}

const tree = messagesOf(DEFAULT_LANGUAGE);

test("every text is read somewhere", () => {
  const unread = keysOf(tree)
    .filter((key) => !readOtherwise.some((start) => key.startsWith(start)))
    .filter((key) => !isUsed(key));
  expect(unread).toEqual([]);
});

test("every group that is asked for exists", () => {
  const at = (name: string) =>
    name.split(".").reduce<unknown>((group, key) => Reflect.get(Object(group), key), tree);
  expect([...namespaces].filter((name) => typeof at(name) !== "object")).toEqual([]);
});

test("no page asks for texts that the browser doesn't get", () => {
  const asked = [...namespacesOfPages].map((name) => name.split(".")[0]);
  expect(asked.filter((name) => name && SERVER_ONLY.includes(name))).toEqual([]);
});

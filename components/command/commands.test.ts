import { expect, test } from "vitest";
import { type Command, findCommands } from "./commands.ts";

const command = (group: Command["group"], label: string): Command => ({
  id: `${group} ${label}`,
  group,
  label,
  also: "",
  keys: null,
  startsAt: null,
  href: "/",
});

const all = [
  command("pages", "Sessions"),
  command("people", "Zoë Müller"),
  command("people", "Zora Anders"),
  ...Array.from({ length: 9 }, () => command("lessons", "Algebra with Zoë")),
];
const labels = (typed: string) => findCommands(all, typed).map(({ label }) => label);

test("people and lessons are found by the beginnings of their words, without accents and in any order", () => {
  expect(labels("zoe")).toContain("Zoë Müller");
  expect(labels("mull zo")).toEqual(["Zoë Müller"]);
  expect(labels("oë")).toEqual([]);
  expect(labels("with alg").length).toBe(6);
});

test("with nothing typed it offers the first of everything, and never more of a kind than fit", () => {
  expect(labels("")).toEqual([
    "Sessions",
    "Zoë Müller",
    "Zora Anders",
    ...Array(6).fill("Algebra with Zoë"),
  ]);
});

test("a page is found by what people do there, too", () => {
  const setup = { ...command("pages", "Video Provider"), also: "zoom meet undo" };
  expect(findCommands([...all, setup], "undo").map(({ label }) => label)).toEqual([
    "Video Provider",
  ]);
});

/** The kit's styles are taken part by part: no part is without them, and none is loaded for nothing. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { expect, test } from "vitest";

const KIT = resolve("node_modules/@mantine");
/** Read by every part. */
const ground = ["baseline", "default-css-variables", "global"];

/** The kit's modules that a file takes something from by name, and the packages it loads as a whole. */
function entriesOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const packages = [...text.matchAll(/import\("@mantine\/(\w+)"\)/g)].map(([, pack = ""]) =>
    resolve(KIT, pack, "esm/index.mjs"),
  );
  const imports = text.matchAll(/import \{([^}]*)\} from "@mantine\/(core|notifications)"/g);
  const named = [...imports].flatMap(([, names = "", pack = ""]) => {
    const values = names.split(",").map((name) => name.trim());
    return values
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => resolve(KIT, pack, "esm", moduleOf(pack, name)));
  });
  return [...packages, ...named];
}

/** Where the package's index has that name from. */
function moduleOf(pack: string, name: string): string {
  const index = readFileSync(resolve(KIT, pack, "esm/index.mjs"), "utf8");
  const [, path] = index.match(new RegExp(`\\{[^}]*\\b${name}\\b[^}]*\\} from "([^"]+)"`)) ?? [];
  if (!path) throw new Error(`${name} isn't in @mantine/${pack}`);
  return path;
}

/** All that is loaded with a module. */
function loadedBy(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/from "([^"]+)"/g)) {
    if (path.startsWith(".")) loadedBy(resolve(dirname(file), path), seen);
    if (path === "@mantine/core") {
      for (const entry of entriesOf(file)) loadedBy(entry, seen);
    }
  }
  return seen;
}

const styles = readFileSync("components/kit.css", "utf8");
const taken = [...styles.matchAll(/@mantine\/core\/styles\/([\w-]+)\.css/g)].map(
  ([, name = ""]) => name,
);

test("the parts come in the kit's own order, in which one may lean on another", () => {
  const whole = readFileSync(resolve(KIT, "core/styles.css"), "utf8");
  const placeOf = (name: string): number => {
    const part = readFileSync(resolve(KIT, `core/styles/${name}.css`), "utf8");
    return whole.indexOf(part.match(/\.m_[0-9a-f]+/)?.[0] ?? "");
  };
  expect(taken.slice(0, ground.length)).toEqual(ground);
  const parts = taken.slice(ground.length);
  expect(parts).toEqual(parts.toSorted((one, other) => placeOf(one) - placeOf(other)));
});

test("each part of the kit in use comes with its styles, and no other does", () => {
  const loaded = new Set<string>();
  for (const file of globSync("{app,components}/**/*.{ts,tsx}")) {
    for (const entry of entriesOf(file)) loadedBy(entry, loaded);
  }
  const used = [...loaded]
    .filter((file) => file.includes("/core/") && file.endsWith(".module.mjs"))
    .map((file) => basename(file, ".module.mjs"));
  expect(taken.toSorted()).toEqual([...ground, ...used].toSorted());
});

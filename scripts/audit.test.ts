import { expect, test } from "vitest";
import { advisories, licences } from "./audit.ts";

test("licences are those of a production install, each package once", () => {
  const packages = {
    "": { license: "UNLICENSED" },
    "node_modules/one": { license: "MIT" },
    "node_modules/@two/two": { license: "MIT" },
    "node_modules/@two/two/node_modules/one": { license: "MIT" },
    "node_modules/three": {},
    "node_modules/tool": { license: "GPL-3.0", dev: true },
    "node_modules/tool-or-peer": { license: "MPL-2.0", devOptional: true },
  };
  expect(licences({ packages })).toEqual([
    ["MIT", ["@two/two", "one"]],
    ["not told", ["three"]],
  ]);
});

test("an advisory is named with where to read about it", () => {
  const via = [{ title: "Reads too much", url: "https://advisories.example/1" }];
  const vulnerabilities = {
    one: { severity: "high", range: "<1.2.0", via },
    two: { severity: "high", range: "*", via: ["one"] },
  };
  expect(advisories({ vulnerabilities })).toBe(
    "high: one <1.2.0, Reads too much (https://advisories.example/1)\n" +
      "high: two *, through one",
  );
  expect(advisories({ vulnerabilities: {} })).toBe("none");
});

test("a registry that knows no advisories is never taken for a clean bill", () => {
  const refused = { message: "405 Method Not Allowed", statusCode: 405 };
  expect(advisories(refused)).toContain("not known: the registry gives no answer (405");
  expect(advisories({})).toContain("not known");
  expect(advisories({ message: "" })).toContain("(without a reason)");
});

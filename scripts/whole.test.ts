import { expect, test } from "vitest";
import { groupsFor, isWhole, neededFolders } from "./whole.mjs";

const here = { os: "linux", cpu: "x64", libc: "glibc" };

const lock = {
  packages: {
    "": {
      dependencies: { web: "1.0.0" },
      optionalDependencies: { "node-linux": "24.0.0", "node-win": "24.0.0" },
      devDependencies: { tester: "5.0.0" },
    },
    "node_modules/web": {
      version: "1.0.0",
      dependencies: { clock: "^2.0.0" },
      optionalDependencies: { "web-glibc": "1.0.0", "web-musl": "1.0.0" },
      peerDependencies: { view: "*", tester: "*" },
      peerDependenciesMeta: { tester: { optional: true } },
    },
    "node_modules/web/node_modules/clock": { version: "2.1.0", dependencies: { tick: "*" } },
    "node_modules/web-glibc": { version: "1.0.0", os: ["linux"], libc: ["glibc"] },
    "node_modules/web-musl": { version: "1.0.0", os: ["linux"], libc: ["musl"] },
    "node_modules/view": { version: "19.0.0" },
    "node_modules/tick": { version: "3.0.0" },
    "node_modules/node-linux": { version: "24.0.0", os: "linux", cpu: "x64" },
    "node_modules/node-win": { version: "24.0.0", os: "win32", cpu: "x64" },
    "node_modules/tester": { version: "5.0.0", dependencies: { clock: "^1.0.0" }, dev: true },
    "node_modules/clock": { version: "1.0.0", dev: true },
  },
};

const versions = new Map(
  Object.entries(lock.packages).map(([folder, entry]) => [
    folder,
    "version" in entry ? entry.version : "",
  ]),
);

const forRunning = [
  "node_modules/web",
  "node_modules/web/node_modules/clock",
  "node_modules/tick",
  "node_modules/web-glibc",
  "node_modules/view",
  "node_modules/node-linux",
];
const everything = [...forRunning, "node_modules/tester", "node_modules/clock"];

const installed = (folders: string[]) => ({
  packages: Object.fromEntries(
    Object.entries(lock.packages).filter(([folder]) => folders.includes(folder)),
  ),
});

/** The versions of the packages that lie in these folders. */
const lying = (folders: string[]) => (folder: string) =>
  (folders.includes(folder) && versions.get(folder)) || null;

test("running needs no development package, none for another machine, and every peer but optional ones", () => {
  expect(neededFolders(lock, "production", here)).toEqual(forRunning);
  expect(neededFolders(lock, "development", here)).toEqual(everything);
});

test("an installation without development packages is whole for running, not for working on it", () => {
  expect(isWhole(lock, lying(forRunning), "production", here)).toBe(true);
  expect(isWhole(lock, lying(forRunning), "development", here)).toBe(false);
});

test("a full installation is whole for both", () => {
  expect(isWhole(lock, lying(everything), "production", here)).toBe(true);
  expect(isWhole(lock, lying(everything), "development", here)).toBe(true);
});

test("an installation that lacks any one package isn't whole", () => {
  for (const lost of forRunning) {
    const rest = lying(everything.filter((folder) => folder !== lost));
    expect(isWhole(lock, rest, "production", here), lost).toBe(false);
  }
});

test("an installation of another lock file isn't whole", () => {
  const outdated = (folder: string) =>
    folder === "node_modules/tick" ? "2.9.9" : lying(everything)(folder);
  expect(isWhole(lock, outdated, "production", here)).toBe(false);
});

test("an installation from another machine isn't whole", () => {
  const windows = { os: "win32", cpu: "x64", libc: "musl" };
  expect(isWhole(lock, lying(everything), "production", windows)).toBe(false);
});

test("what is renewed stays of its kind; a newcomer and whoever works on Segue get everything", () => {
  expect(groupsFor("production", installed(forRunning))).toContain("--omit=dev");
  expect(groupsFor("production", installed(everything))).toEqual([]);
  expect(groupsFor("production", null)).toEqual([]);
  expect(groupsFor("development", installed(forRunning))).toEqual(["--include=dev"]);
});

import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("every version in the list has its data here, and no data is without its version", () => {
  const closed: { commit: string }[] = JSON.parse(
    readFileSync("tests/upgrade/closed.json", "utf8"),
  );
  const kept = ["manifest.json", "embedded.tar.zst", "server.tar.zst"].map((file) =>
    globSync(`tests/upgrade/*/${file}`).map((path) => path.split("/")[2]),
  );
  const named = closed.map(({ commit }) => commit).sort();
  for (const commits of kept) expect(commits.sort()).toEqual(named);
});

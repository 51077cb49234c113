import { makeGround } from "#tests/simulation/world/ground.ts";
import { play } from "#tests/simulation/world/play.ts";
import { Report } from "#tests/simulation/report.ts";
import { appendFileSync } from "node:fs";
const ground = await makeGround();
const [from, to] = process.argv.slice(2).map(Number);
for (let seed = from!; seed <= to!; seed++) {
  const played = await play(ground, seed, 0.02);
  const report = new Report();
  report.add(played);
  appendFileSync("/tmp/seeds.jsonl", JSON.stringify({ seed, violation: played.violation, never: report.never(), steps: played.log.length }) + "\n");
}

/**
 * `npm run record -- <name> …`: runs commands whose figures stand in the docs, keeps what they printed last
 * in `docs/figures/<name>.json`, and writes the docs' figures again. Without a name it only does the last, and
 * says which names there are.
 */
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { Hindered, inOneLine } from "../../scripts/hindered.mjs";
import { commandOf, figuresOf, type Kept, names } from "./commands.ts";
import { docs, knownFigures, RECORDS, withFigures } from "./docs.ts";

const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();

/** Also prints the output as it comes. @throws when the command fails: its figures then mean nothing */
async function run(command: string): Promise<{ text: string; seconds: number }> {
  const begun = performance.now();
  const child = spawn(command, { shell: true, stdio: ["inherit", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text += more;
    process.stdout.write(more);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Hindered(`${command} ended with ${code}: nothing was recorded.`);
  return { text, seconds: Math.round((performance.now() - begun) / 1000) };
}

async function keep(name: string): Promise<void> {
  const known = commandOf(name);
  const isChanged = git("status", "--porcelain") !== "";
  const { text, seconds } = await run(known.command);
  const kept: Kept = {
    command: known.command,
    commit: git("rev-parse", "--short=7", "HEAD") + (isChanged ? " and changes" : ""),
    date: new Date().toISOString().slice(0, 10),
    seconds,
    output: stripVTControlCharacters(text)
      .split("\n")
      .filter((line) => known.keep.test(line)),
  };
  // The figures are read before the record is kept, because a record that can't be read is of no use.
  figuresOf(name, kept);
  writeFileSync(`${RECORDS}/${name}.json`, `${JSON.stringify(kept, null, 2)}\n`);
  const { drawing } = known;
  if (drawing) writeFileSync(drawing.file, drawing.draw(kept.output));
}

process.exitCode = await inOneLine(async () => {
  const asked = process.argv.slice(2);
  if (asked.length === 0) console.log(`Usage: npm run record -- <name> …; the names are: ${names}`);
  // A wrong name is told before the first command runs, which may take an hour.
  for (const name of asked) commandOf(name);
  for (const name of asked) await keep(name);
  const known = knownFigures();
  for (const file of docs()) {
    const text = readFileSync(file, "utf8");
    const fresh = withFigures(text, known);
    if (fresh === text) continue;
    writeFileSync(file, fresh);
    console.log(`${file} written`);
  }
});

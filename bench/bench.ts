/**
 * `npm run bench`: how long a switch takes from the consent to the last link, against stand-ins whose answers take as long
 * as the providers' and who take only so many of an account's calls at once, which everybody has to find out. Beside Segue
 * the usual ways to do it, with the same clients of the providers. The floor is what a client needs that knows the number
 * and keeps to our share of the published limits. Prints what it will do, how far it is, and the tables at the end.
 */
import { parseArgs } from "node:util";
import { startWorld, type World } from "#tests/faults/world.ts";
import { contestantIn } from "./contestants/contestants.ts";
import { inWords, type Outcome, type Scene, scenesWith } from "./scenes.ts";
import { type Segue, segueIn } from "./segue.ts";
import { line, type Played, tableOfDetails, tableOfTimes } from "./tables.ts";

const { values } = parseArgs({
  options: {
    /** Segue alone; otherwise the contestants, too. */
    alone: { type: "boolean", default: false },
    /** The contestants play every seed, and the scenes with many lessons, too. */
    full: { type: "boolean", default: false },
    /** Only scenes whose description contains this, such as "to google, more than 8". */
    only: { type: "string", default: "" },
    seeds: { type: "string", default: "3" },
  },
});

const others = ["promiseAll", "pgBoss", "dbos"] as const;
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const chosen = scenesWith(seeds).filter((scene) => inWords(scene).includes(values.only));

const hasOthers = ({ seed, tutors, lessons }: Scene) =>
  !values.alone && (values.full || (seed === 1 && tutors * lessons <= 250));

async function play(scene: Scene, segue: Segue, world: World): Promise<Played[]> {
  const played: Played[] = [];
  const tell = (who: Played["who"], outcome: Outcome) => {
    played.push({ scene, who, outcome });
    console.log(`${who}: ${line(scene, outcome)}`);
  };
  tell("Segue", await segueIn(segue, scene));
  if (!hasOthers(scene)) return played;
  for (const who of others) tell(who, await contestantIn(world, scene, who));
  return played;
}

// What a contestant breaks on purpose is no news.
const world = await startWorld({ LOG_LEVEL: "fatal" });
try {
  const segue = { world, worker: await world.startWorker() };
  const plays = chosen.filter(hasOthers).length * others.length + chosen.length;
  console.log(`${chosen.length} scenes, ${plays} plays`);
  const begun = performance.now();
  const played: Played[] = [];
  for (const [index, scene] of chosen.entries()) {
    console.log(`\n${index + 1} of ${chosen.length}: ${inWords(scene)}`);
    played.push(...(await play(scene, segue, world)));
    const minutes = (performance.now() - begun) / 60_000;
    const left = (minutes / played.length) * (plays - played.length);
    console.log(`${minutes.toFixed(0)} min so far, about ${left.toFixed(0)} to go`);
  }
  for (const row of [...tableOfTimes(played), "", ...tableOfDetails(played)]) console.log(row);
} finally {
  await world.close();
}

/**
 * `npm run bench`: how long a switch takes from the consent to the last link, against stand-ins whose answers take as long
 * as the providers' and who take only so many of an account's calls at once, which everybody has to find out. Beside Segue
 * the usual ways to do it, with the same clients of the providers. The floor is what a client needs that knows the number
 * and keeps to our share of the published limits. Prints how far it is.
 */
import { parseArgs } from "node:util";
import { build } from "#cli/build.ts";
import { type App, startApp } from "#tests/harness/app.ts";
import { type PostgresServer, startPostgres } from "#tests/harness/databases/postgresServer.ts";
import { type StandIns, startStandIns } from "#tests/harness/standIns.ts";
import { APP_URL, contestantIn } from "./contestants/contestants.ts";
import { floorOf, loopOf, type Outcome, type Scene, scenes } from "./scenes.ts";
import { segueIn } from "./segue.ts";

const { values } = parseArgs({
  options: {
    /** Segue alone; otherwise the contestants, too. */
    alone: { type: "boolean", default: false },
    /** Only scenes whose description contains this, such as "to google, more than 8". */
    only: { type: "string", default: "" },
  },
});

const inWords = ({ direction, k, beyondThat }: Scene) =>
  `${direction.lessons} lessons to ${direction.to}, more than ${k} at once are ${beyondThat}`;

const line = (scene: Scene, seen: Outcome) =>
  `${seen.seconds.toFixed(1)} s, ${(seen.seconds / floorOf(scene)).toFixed(2)} × the floor, soonest ` +
  `${seen.soonest.toFixed(2)} round trips, ${seen.refusals} refused, ${seen.calls.toFixed(2)} calls a lesson, ` +
  `${seen.without} without a link, ${seen.orphans} orphans`;

async function play(scene: Scene, app: App, standIns: StandIns, postgres: PostgresServer) {
  console.log(`Segue: ${line(scene, await segueIn(app, scene))}`);
  if (values.alone) return;
  for (const name of ["promiseAll", "pgBoss", "dbos"] as const) {
    console.log(`${name}: ${line(scene, await contestantIn(scene, name, standIns, postgres))}`);
  }
  console.log(`one after the other: ${loopOf(scene.direction).toFixed(1)} s by reckoning`);
}

if ((await build()) !== 0) throw new Error("The build failed");
const postgres = await startPostgres();
const standIns = await startStandIns(APP_URL, () => new Date());
const app = await startApp({
  databaseUrl: await postgres.create("segue_bench"),
  env: { SWITCH_WAIT_SECONDS: "0" },
});
try {
  const chosen = scenes.filter((scene) => inWords(scene).includes(values.only));
  for (const [index, scene] of chosen.entries()) {
    console.log(`\n${index + 1} of ${chosen.length}: ${inWords(scene)}`);
    await play(scene, app, standIns, postgres);
  }
} finally {
  await app.stop();
  await standIns.close();
  await postgres.stop();
}

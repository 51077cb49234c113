/**
 * `segue start`: builds, launches, prints the addresses, and stops cleanly. The exit code is 0 after Ctrl-C.
 */
import { closeNewFiles } from "#lib/platform/dataFolder.ts";
import { build } from "./build.ts";
import { demoSignIns } from "./demoSignIns.ts";
import { configure, readEnvironment } from "./environment.ts";
import { launch, type Running } from "./launch.ts";
import { readable } from "./readable.ts";
import { loadStandIns } from "./standIns.ts";
import { assertStartable } from "./startable.ts";

export async function start(args: string[]): Promise<number> {
  const dev = args.includes("--dev");
  const asked = new Promise<"asked">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => resolve("asked"));
    }
  });
  const env = readEnvironment();
  // Report what hinders the start before the build, not after it.
  const { config } = configure(env);
  await loadStandIns(config);
  await assertStartable(config);
  if (!dev) {
    const code = await build();
    if (code !== 0) return code;
  }
  // Not before the build, which others may go on to run.
  closeNewFiles();
  // A terminal gets text; a file or a log collector gets the structured lines.
  const forPeople = process.stdout.isTTY && !dev;
  const launching = launch({
    env,
    dev,
    ...(forPeople && { onOutput: readable((line) => process.stdout.write(line)) }),
  });
  const running = await Promise.race([launching, asked]);
  if (running === "asked") {
    await launching.then((late) => late.stop());
    return 0;
  }
  console.log(greeting(running));
  const ended = await Promise.race([running.exited, asked]);
  if (ended === "asked") console.log("\nStopping …");
  await running.stop();
  return ended === "asked" ? 0 : ended || 1;
}

function greeting({ config, inboxUrl }: Running): string {
  const lines = ["", `Segue runs at ${config.appUrl}`];
  if (inboxUrl) lines.push(`Its mails are at ${inboxUrl}`);
  if (!config.databaseUrl) lines.push(...demoSignIns(config.dataDir));
  return [...lines, "Ctrl-C stops it.", ""].join("\n");
}

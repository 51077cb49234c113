/**
 * `segue start`: builds, launches, prints the addresses, and stops cleanly. The exit code is 0 after Ctrl-C.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { closeNewFiles } from "#lib/platform/dataFolder.ts";
import { build } from "./build.ts";
import { configure, readEnvironment } from "./environment.ts";
import { launch, type Running } from "./launch.ts";
import { readable } from "./readable.ts";
import { loadStandIns } from "./standIns.ts";
import { assertStartable } from "./startable.ts";

const demoSchema = z.array(
  z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() }),
);

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

/**
 * The lines that tell whom one can sign in as; none where there is no demo. A file that somebody has damaged is no
 * reason to stop what runs already.
 */
export function demoSignIns(dataDir: string): string[] {
  const file = join(dataDir, "demo.json");
  if (!existsSync(file)) return [];
  const people = readDemo(file);
  if (!people) {
    return [
      `The demo's sign-ins can't be told: ${file} is damaged. Take it away, and the next start writes it anew, unless others have signed up by now.`,
    ];
  }
  const width = (key: "role" | "name" | "email") =>
    Math.max(...people.map((person) => person[key].length));
  return [
    "Demo sign-ins:",
    ...people.map(
      ({ role, name, email, password }) =>
        `  ${role.padEnd(width("role"))}  ${name.padEnd(width("name"))}  ${email.padEnd(width("email"))}  ${password}`,
    ),
  ];
}

function readDemo(file: string): z.infer<typeof demoSchema> | undefined {
  try {
    return demoSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

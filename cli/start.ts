/**
 * `segue start`: builds, launches, prints the addresses, and stops cleanly. The exit code is 0 after Ctrl-C.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
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
  const file = join(config.dataDir, "demo.json");
  if (!config.databaseUrl && existsSync(file)) {
    const people = demoSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const width = (key: "role" | "name" | "email") =>
      Math.max(...people.map((person) => person[key].length));
    lines.push("Demo sign-ins:");
    for (const { role, name, email, password } of people) {
      lines.push(
        `  ${role.padEnd(width("role"))}  ${name.padEnd(width("name"))}  ${email.padEnd(width("email"))}  ${password}`,
      );
    }
  }
  return [...lines, "Ctrl-C stops it.", ""].join("\n");
}

/** The lines by which a start tells whom one can sign in as in the demo. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const schema = z.array(
  z.object({ role: z.string(), name: z.string(), email: z.string(), password: z.string() }),
);

/** None where there is no demo. A file that somebody has damaged is no reason to stop what runs already. */
export function demoSignIns(dataDir: string): string[] {
  const file = join(dataDir, "demo.json");
  if (!existsSync(file)) return [];
  const people = read(file);
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

function read(file: string): z.infer<typeof schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** `node scripts/run.mjs <file> …`: installs what is missing, then runs the file on Node.js 26. */
import { join } from "node:path";
import { inOneLine } from "./hindered.mjs";
import { install, nodePath, root, run, toolEnv } from "./install.mjs";

const [file = "", ...args] = process.argv.slice(2);
// Changing pages or running anything but Segue itself needs the development packages.
const runs = file.startsWith("cli/") && !args.includes("--dev");

const code = await inOneLine(async () => {
  await install(runs ? "production" : "development");
  // Segue ends itself when this launcher is gone, however it ended.
  const env = { ...toolEnv(), SEGUE_LAUNCHER: `${process.pid}` };
  return run(nodePath(), [join(root, file), ...args], { env });
});
process.exit(code);

/** `node scripts/run.mjs <file> …`: installs what is missing, then runs the file on Node.js 26. */
import { join } from "node:path";
import { install, nodePath, root, run, toolEnv } from "./install.mjs";

const [file = "", ...args] = process.argv.slice(2);
await install();
// Segue ends itself when this launcher is gone, whatever it died of.
const env = { ...toolEnv(), SEGUE_LAUNCHER: `${process.pid}` };
process.exit(await run(nodePath(), [join(root, file), ...args], { env }));

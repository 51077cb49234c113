/**
 * The browser for the tests: headless Chromium, which does the same work in a third of the processor time
 * (decision 018). On Debian we install it where we may. Any other Chromium works too.
 */
import { existsSync } from "node:fs";
import { run } from "./install.mjs";

const PACKAGE = "chromium-headless-shell";
const lean = `/usr/bin/${PACKAGE}`;
const whole = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @returns its path, or undefined where there is none */
export const findChromium = () => process.env.CHROMIUM_PATH || [lean, ...whole].find(existsSync);

/** @returns an exit code */
export async function installChromium() {
  const found = findChromium();
  const mayInstall = existsSync("/etc/debian_version") && process.getuid() === 0;
  if (found && (found === process.env.CHROMIUM_PATH || found === lean || !mayInstall)) return 0;
  if (!mayInstall) {
    console.error(
      `The tests need Chromium. Install it (Debian: apt-get install ${PACKAGE}, as root), or set ` +
        "CHROMIUM_PATH to that of an installed Chromium or Chrome.",
    );
    return 1;
  }
  console.log(`Installing ${PACKAGE} (apt-get) …`);
  const code = await aptGet(["update"]).then(
    (updated) => updated || aptGet(["install", "-y", "--no-install-recommends", PACKAGE]),
  );
  // A full Chromium that is already installed works as well.
  return found ? 0 : code;
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return run("apt-get", ["-q", ...args], { env, stdio: ["ignore", "ignore", "inherit"] });
}

/** The browser for the tests: an installed Chromium, on Debian installed by us where we may. */
import { existsSync } from "node:fs";
import { run } from "./install.mjs";

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @returns its path, or undefined */
export const findChromium = () => process.env.CHROMIUM_PATH || usual.find(existsSync);

/** @returns an exit code */
export async function installChromium() {
  if (findChromium()) return 0;
  if (!existsSync("/etc/debian_version") || process.getuid() !== 0) {
    console.error(
      "The tests need Chromium. Install it (Debian: apt-get install chromium, as root), or set " +
        "CHROMIUM_PATH to that of an installed Chromium or Chrome.",
    );
    return 1;
  }
  console.log("Installing Chromium (apt-get) …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  const updated = await run("apt-get", ["-q", "update"], quiet);
  if (updated !== 0) return updated;
  return run("apt-get", ["-q", "install", "-y", "--no-install-recommends", "chromium"], quiet);
}

/** The Chromium that tests and tools drive: Debian's package, or the one that the environment names. */
import type { LaunchOptions } from "@playwright/test";

export const browserOptions: LaunchOptions = {
  headless: true,
  executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
  // Also runs as root, and asks nothing of the network.
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The Chromium that tests and tools drive. */
import type { LaunchOptions } from "@playwright/test";
import { findChromium } from "../../scripts/chromium.mjs";

export const browserOptions: LaunchOptions = {
  headless: true,
  executablePath: findChromium(),
  // Lets Chromium run as root, and keeps it from using the network.
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

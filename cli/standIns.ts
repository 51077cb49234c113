/** The stand-ins of Google, Zoom and a mail server. They are loaded only where they are needed. */
import { join } from "node:path";
import { type Config, isLoopback } from "#lib/platform/config.ts";
import { ConfigError } from "#lib/platform/configError.ts";
import { reasonOf } from "#lib/platform/reason.ts";
import type { Sandbox } from "#sandbox/start.ts";
import { CommandError } from "./commandError.ts";

const unsetIn = (config: Config) => ({
  google: !config.google.credentials,
  zoom: !config.zoom.credentials,
  mail: !config.mail.smtpUrl,
});
type Name = keyof ReturnType<typeof unsetIn>;

const settings: Record<Name, { setting: string; without: string }> = {
  google: { setting: "GOOGLE_CLIENT_ID", without: "nobody can connect Google Meet" },
  zoom: { setting: "ZOOM_CLIENT_ID", without: "nobody can connect Zoom" },
  mail: { setting: "SMTP_URL", without: "no mail leaves this server" },
};

const missing = (config: Config) =>
  (["google", "zoom", "mail"] as const)
    .filter((name) => unsetIn(config)[name])
    .map((name) => settings[name]);

/**
 * Starts stand-ins for whatever has no credentials, but never on an address that others can reach.
 * @throws ConfigError where a stand-in can't start
 */
export async function startStandIns(config: Config, clock?: () => Date): Promise<Sandbox | null> {
  const standIns = await loadStandIns(config);
  if (!standIns) {
    for (const { setting, without } of missing(config)) {
      console.warn(`Warning: ${setting} is not set: ${without}.`);
    }
    return null;
  }
  const stateDir = join(config.dataDir, "sandbox");
  return standIns
    .startSandbox({ stateDir, appUrl: config.appUrl, ...unsetIn(config), ...(clock && { clock }) })
    .catch((error: Error) => {
      throw new ConfigError(
        `DATA_DIR: the stand-ins kept in ${stateDir} can't start (${reasonOf(error)}). Mend that, or move that folder away to make them anew.`,
        { cause: error },
      );
    });
}

/**
 * The packages of the stand-ins are development dependencies, so an installation for running Segue lacks
 * them.
 * @returns null where nothing has to be replaced
 * @throws CommandError where stand-ins are needed and not installed
 */
export async function loadStandIns(config: Config) {
  const lacking = missing(config).map(({ setting }) => setting);
  if (lacking.length === 0 || !isLoopback(config.appUrl)) return null;
  return import("#sandbox/start.ts").catch((error: NodeJS.ErrnoException) => {
    if (!isMissingPackage(error)) throw error;
    throw new CommandError(
      `Segue can't start: ${lacking.join(", ")}: not set, and this installation has no stand-ins. ` +
        "Set what is missing, or install everything with npm ci --include=dev.",
      { cause: error },
    );
  });
}

/** A missing file of our own has the same code. That error must be passed on unchanged. */
const isMissingPackage = ({ code, message }: NodeJS.ErrnoException): boolean =>
  code === "ERR_MODULE_NOT_FOUND" && message.startsWith("Cannot find package");

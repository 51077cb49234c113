/**
 * Whether node_modules holds what package-lock.json asks for. npm writes node_modules/.package-lock.json
 * last of all, so an installation that was cut off has none. What stands in that file is not enough to go
 * by: npm also writes it when it renews a lock file without installing anything.
 */

const toRun = ["dependencies", "optionalDependencies"];
const sections = { production: toRun, development: [...toRun, "devDependencies"] };

/**
 * @param lock the content of package-lock.json
 * @param {(folder: string) => string | null} versionIn the version of the package that lies in that folder
 * @param {"production" | "development"} purpose to run Segue, or to work on it
 */
export const isWhole = (lock, versionIn, purpose, machine = thisMachine()) =>
  neededFolders(lock, purpose, machine).every(
    (folder) => versionIn(folder) === lock.packages[folder].version,
  );

/**
 * Everything that can be reached from package.json, except what is made for other machines.
 * @returns {string[]} folders, as the lock file names them
 */
export function neededFolders({ packages }, purpose, machine = thisMachine()) {
  const found = new Set();
  const follow = (from, names) => {
    for (const name of names) {
      const folder = nearest(packages, from, name);
      if (!folder || found.has(folder) || !isFor(machine, packages[folder])) continue;
      found.add(folder);
      follow(folder, [...namesIn(packages[folder], toRun), ...requiredPeers(packages[folder])]);
    }
  };
  follow("", namesIn(packages[""], sections[purpose]));
  return [...found];
}

/**
 * A fresh clone gets everything. An installation that is only for running stays one when it is renewed.
 * @returns {string[]} the flags for `npm ci`
 */
export function groupsFor(purpose, installed) {
  if (purpose === "development") return ["--include=dev"];
  const isForRunning = installed && !Object.values(installed.packages).some(({ dev }) => dev);
  // Without the second flag, npm adds test tools that other packages name as optional peers.
  return isForRunning ? ["--omit=dev", "--legacy-peer-deps"] : [];
}

const namesIn = (entry, keys) => keys.flatMap((key) => Object.keys(entry[key] ?? {}));

const requiredPeers = ({ peerDependencies = {}, peerDependenciesMeta = {} }) =>
  Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);

/** Where Node.js would find a package: in the closest node_modules on the way up. */
function nearest(packages, from, name) {
  const folder = `${from && `${from}/`}node_modules/${name}`;
  if (Object.hasOwn(packages, folder)) return folder;
  if (from === "") return null;
  return nearest(packages, from.slice(0, Math.max(from.lastIndexOf("/node_modules/"), 0)), name);
}

const isFor = (machine, { os = machine.os, cpu = machine.cpu, libc = machine.libc }) =>
  os.includes(machine.os) && cpu.includes(machine.cpu) && libc.includes(machine.libc);

/**
 * This machine in npm's terms.
 * @returns {{ os: string, cpu: string, libc: string }}
 */
const thisMachine = () => ({
  os: process.platform,
  cpu: process.arch,
  libc: process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl",
});

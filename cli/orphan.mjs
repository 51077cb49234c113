/**
 * Loaded into the web process before anything else. The standard input is a pipe from the process that
 * started it, and it ends when that process ends, even by `kill -9`. Then the web process ends too.
 *
 * Next passes its own flags, including this file, to processes that it starts. Those have another parent, and
 * their input says nothing.
 */
import { isMainThread } from "node:worker_threads";

const GRACE_MS = 10_000;

if (isMainThread && process.ppid === Number(process.env.SEGUE_LAUNCHED_BY)) {
  process.stdin.on("end", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
  process.stdin.resume();
}

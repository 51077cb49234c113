/**
 * Loaded into the web process before anything else. Its standard input is a pipe from the process
 * that started it and ends when that one does, even by `kill -9`; then this one ends too.
 *
 * Next hands its own flags, this file among them, to processes that it starts: those have another
 * parent, and their input says nothing.
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

/**
 * Loaded into the web process before anything else. Its standard input is a pipe from the process
 * that started it and ends when that one does, even by `kill -9`; then this one ends too.
 */
const GRACE_MS = 10_000;

process.stdin.on("end", () => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
process.stdin.on("error", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();

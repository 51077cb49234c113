/**
 * Ends this process in order (SIGTERM) when the launcher that started it is gone, so that killing npm or the
 * terminal leaves nothing behind.
 */
const LOOK_EVERY_MS = 500;

export function endWithLauncher(): void {
  const launcher = Number(process.env.SEGUE_LAUNCHER);
  if (!launcher) return;
  const timer = setInterval(() => {
    if (process.ppid === launcher) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_EVERY_MS);
  timer.unref();
}

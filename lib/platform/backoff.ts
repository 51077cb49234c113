/** Seconds until an attempt is repeated after a temporary failure: exponential, and half of it jitter. */
export function backoffSeconds(attempts: number, random: number): number {
  const ceiling = Math.min(2 ** Math.min(attempts, 9), 300);
  return ceiling / 2 + (random * ceiling) / 2;
}

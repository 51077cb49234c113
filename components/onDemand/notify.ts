const listeners = new Set<() => void>();
/** Whether there has been any message since the page was loaded. */
let isWanted = false;

/** Subscribed to by `Notices`. */
export const wanted = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => isWanted,
};

/** Shows a passing message in a corner of the page: what was done, or why it wasn't. */
export async function notify(message: string, color: "green" | "red" = "green"): Promise<void> {
  isWanted = true;
  for (const wake of listeners) wake();
  const { notifications } = await import("@mantine/notifications");
  notifications.show({ message, color });
}

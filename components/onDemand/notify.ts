const listeners = new Set<() => void>();
/** Whether there was ever something to say since the page was loaded. */
let isWanted = false;

/** For `Notices`. */
export const wanted = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  get: () => isWanted,
};

/** Says something in passing, in a corner of the page: what was done, or why it wasn't. */
export async function notify(message: string, color: "green" | "red" = "green"): Promise<void> {
  isWanted = true;
  for (const wake of listeners) wake();
  const { notifications } = await import("@mantine/notifications");
  notifications.show({ message, color });
}

/** What cases wait for. */
import type { TestPerson } from "#tests/e2e/people.ts";

const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/** Reads until the value is as it should be, or for a minute. @returns what was read last */
export async function until<T>(read: () => Promise<T>, right: T): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (value === right || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** The status of a tutor's connection. */
export async function statusOf({ api }: Pick<TestPerson, "api">): Promise<string> {
  const view = (await (await api.get("/api/connection")).json()) as { status?: string } | null;
  return view?.status ?? "none";
}

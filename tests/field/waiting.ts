/** What cases wait for. */
import type { ConnectionView } from "#lib/services/switching/views.ts";
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

export async function connectionOf({ api }: Pick<TestPerson, "api">) {
  const answer = await api.get("/api/connection");
  return ((await answer.json()) as { connection: ConnectionView | null }).connection;
}

/** The status of a tutor's connection. */
export const statusOf = async (tutor: Pick<TestPerson, "api">): Promise<string> =>
  (await connectionOf(tutor))?.status ?? "none";

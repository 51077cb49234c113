import type { Query } from "#components/query.ts";

/** The outcome that the callback put into the address. */
export type Outcome =
  | { kind: "error"; code: string }
  | { kind: "warning" }
  | { kind: "moved"; count: number }
  | { kind: "following"; migrationId: string }
  | { kind: "connected" };

export function outcomeOf(query: Query): Outcome | null {
  const { success, error, migrated, migration, migration_warning: warning } = query;
  if (typeof error === "string" && error !== "") return { kind: "error", code: error };
  if (success !== "true") return null;
  if (warning === "true") return { kind: "warning" };
  if (typeof migrated === "string" && /^\d{1,6}$/.test(migrated)) {
    return { kind: "moved", count: Number(migrated) };
  }
  if (typeof migration === "string" && migration !== "") {
    return { kind: "following", migrationId: migration };
  }
  return { kind: "connected" };
}

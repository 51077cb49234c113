import type { createTranslator } from "use-intl/core";
import type { Messages } from "#lib/platform/words.ts";
import type { ConnectionView, MigrationDetail } from "#lib/services/switching/views.ts";

export interface Facts {
  tutorId: string;
  connection: ConnectionView | null;
  migration: MigrationDetail | null;
  /** ISO 8601 in UTC, so that support can find it in the log. */
  time: string;
  browser: string;
}

type Words = ReturnType<typeof createTranslator<Messages, "videoSetup.support">>;

/** Plain text, one fact per line: ids, codes and the provider's own words, and nothing secret. */
export function supportText(words: Words, facts: Facts): string {
  const { connection, migration } = facts;
  const lines = [
    [words("tutor"), facts.tutorId],
    [words("provider"), provider(words, facts)],
    [words("change"), change(words, migration)],
    [words("lessons"), lessons(words, migration)],
    [words("errors"), errors(migration, connection).join("\n  ") || words("noErrors")],
    [words("time"), facts.time],
    [words("browser"), facts.browser],
  ];
  return [words("details"), ...lines.map(([name, text]) => `${name}: ${text}`)].join("\n");
}

function provider(words: Words, { connection, migration }: Facts): string {
  if (!connection) return words("none");
  const switched = migration ? ` (${migration.from ?? "–"} → ${migration.to})` : "";
  return `${connection.provider}, ${connection.status}${switched}`;
}

const change = (words: Words, migration: MigrationDetail | null): string =>
  migration
    ? `${migration.id} (${migration.kind}, ${migration.status}, ${migration.createdAt})`
    : words("none");

function lessons(words: Words, migration: MigrationDetail | null): string {
  if (!migration) return words("none");
  const { total, moved, failed, deferred, remaining } = migration;
  return words("counts", { total, moved, failed, deferred, remaining });
}

function errors(migration: MigrationDetail | null, connection: ConnectionView | null): string[] {
  const line = (where: string, { code, detail }: { code: string; detail: string | null }) =>
    `${where}: ${code}${detail ? ` “${detail}”` : ""}`;
  const ofLessons = (migration?.sessions ?? []).flatMap(({ sessionId, error }) =>
    error ? [line(sessionId, error)] : [],
  );
  return [
    ...(connection?.error ? [line(connection.provider, connection.error)] : []),
    ...ofLessons,
  ];
}

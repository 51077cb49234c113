/**
 * Words that the requirement fixes and that people search for, quote or type. They are written out here once
 * more, byte for byte, so that no rewording elsewhere changes them unnoticed.
 */
import { existsSync } from "node:fs";
import { sql } from "kysely";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { outcomeOf } from "#app/tutor/video-setup/_parts/outcome/outcome.ts";
import { announceRefresh } from "#app/tutor/video-setup/_parts/progress/announceRefresh.ts";
import { languages, wordsFor } from "#lib/platform/words.ts";
import { providerIds } from "#lib/providers/provider.ts";
import type { Migration, MigrationCounts } from "#lib/records/migrations/rules.ts";
import * as lines from "#lib/services/switching/migrationLog.ts";
import { noVideoProvider } from "#lib/services/verb/errors.ts";
import { ownDatabase } from "./harness/databases/database.ts";

const database = ownDatabase();

test("the providers are google_meet and zoom", () => {
  expect([...providerIds].sort()).toEqual(["google_meet", "zoom"]);
});

test("the buttons are called as the requirement calls them", () => {
  expect(words("switchTo", { provider: "Google Meet" })).toBe("Switch to Google Meet");
  expect(words("switchTo", { provider: "Zoom" })).toBe("Switch to Zoom");
  expect(words("refresh")).toBe("Refresh Future Session Links");
});

test("the page is Settings > Video Provider", () => {
  expect(words("title")).toBe("Video Provider");
  expect(existsSync("app/tutor/video-setup/page.tsx")).toBe(true);
});

test("the three results are said verbatim", () => {
  expect(words("connected")).toBe("Successfully connected video provider!");
  expect(words("moved", { count: 5 })).toBe(
    "✅ Successfully connected video provider!\n🔄 5 future sessions were automatically updated with new meeting links.",
  );
  expect(words("warning")).toBe(
    "✅ Successfully connected video provider!\n⚠️ Some future sessions may need to be manually updated. Please check your sessions page.",
  );
  expect(words("refreshed", { count: 5 })).toBe("5 sessions have new links");
});

test.each(languages())("in $name the results begin their lines with the same signs", ({ id }) => {
  const said = wordsFor(id, "videoSetup");
  const signs = (text: string) => text.split("\n").map((line) => line.split(" ")[0]);
  expect(signs(said("moved", { count: 5 }))).toEqual(["✅", "🔄"]);
  expect(signs(said("warning"))).toEqual(["✅", "⚠️"]);
});

test("the three errors are named verbatim", () => {
  expect(noVideoProvider().message).toBe("No video provider connected");
  expect(words("someFailed")).toBe("Some sessions failed to migrate");
  expect(wordsFor("en", "support")("attempts.move", { state: "failed" })).toBe(
    "Failed to create meeting",
  );
});

test("the addresses to which the callbacks redirect are understood", () => {
  const outcome = (query: string) => outcomeOf(Object.fromEntries(new URLSearchParams(query)));
  expect(outcome("success=true&migrated=5")).toEqual({ kind: "moved", count: 5 });
  expect(outcome("success=true&migration_warning=true")).toEqual({ kind: "warning" });
});

test("the log lines are those that the troubleshooting guide tells people to look for", () => {
  const logged: string[] = [];
  const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line).msg) });
  const migration = { tutor_id: "T1", to_provider: "zoom", total: 3 } as Migration;
  const counts = { moved: 2, failed: 1 } as MigrationCounts;
  const ids = { tutorId: "T1", sessionId: "S1" };
  const failure = { ...ids, code: "unavailable", detail: "", nextAttemptAt: null };
  lines.announceMigration({ log }, migration);
  lines.logMoving({ log }, ids);
  lines.logMoved({ log }, ids, "zoom");
  lines.logNotMade({ log }, "error", failure);
  lines.logComplete({ log }, migration, counts);
  expect(logged).toEqual([
    "🔄 Starting session migration for tutor T1 to zoom",
    "📋 Found 3 future sessions to migrate",
    "🔄 Migrating session S1...",
    "✅ Successfully migrated session S1 to zoom",
    "❌ Failed to create meeting for session S1",
    "✅ Migration complete. Migrated 2/3 sessions to zoom",
    "Some sessions failed to migrate",
  ]);
});

test("the browser's console says when the button was pressed", () => {
  const said = vi.spyOn(console, "log").mockReturnValue();
  announceRefresh("T1", "google_meet");
  expect(said.mock.calls).toEqual([["🔄 Manual migration triggered for tutor T1 to google_meet"]]);
});

test.each([
  "app/api/auth/google/callback/route.ts",
  "app/api/auth/zoom/callback/route.ts",
  "app/api/sessions/migrate-provider/route.ts",
  "lib/services/migrateSessionsToNewProvider.ts",
])("%s is where the guide says", (path) => {
  expect(existsSync(path)).toBe(true);
});

const tutor = "00000000-0000-4000-8000-000000000001";

test.each([
  `SELECT id, provider, join_url, scheduled_start_at, status FROM sessions
   WHERE tutor_id = '${tutor}' AND status IN ('SCHEDULED', 'JOIN_OPEN')
     AND scheduled_start_at >= NOW() ORDER BY scheduled_start_at ASC`,
  `SELECT provider, connection_status, updated_at FROM tutor_video_provider_connections
   WHERE tutor_id = '${tutor}'`,
  `SELECT id, provider, join_url, updated_at FROM sessions WHERE tutor_id = '${tutor}'
     AND scheduled_start_at >= NOW() AND status IN ('SCHEDULED', 'JOIN_OPEN')`,
  `UPDATE sessions SET provider = 'zoom', updated_at = NOW() WHERE tutor_id = '${tutor}'
     AND scheduled_start_at >= NOW() AND status IN ('SCHEDULED', 'JOIN_OPEN')`,
  `SELECT access_token_encrypted, refresh_token_encrypted FROM tutor_video_provider_connections`,
  `SELECT meeting_external_id, meeting_created_at, sessions.student_id, booking_id FROM sessions
   JOIN bookings ON bookings.id = sessions.booking_id`,
])("the guide's statement runs: %s", async (statement) => {
  await expect(sql.raw(statement).execute(database.db)).resolves.toMatchObject({ rows: [] });
});

const words = wordsFor("en", "videoSetup");

import type { ProviderErrorCode } from "#lib/providers/errors.ts";
import type {
  MigrationKind,
  MigrationSessionState,
  MigrationStatus,
} from "#lib/records/migrations/rules.ts";

export const migrationWords = {
  title: "What happened?",
  nothing: "Nothing has moved yet. Switches and refreshes will be shown here.",
  earlier: "Earlier",
  nothingToMove: "No lesson had to move",
  bar: "Lessons moved",
  of: (moved: number, total: number) => `${moved} of ${total}`,
  about: (seconds: number) =>
    seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} min`,
  failedCount: (count: number) => `${count} failed`,
  deferredCount: (count: number) => `${count} later`,
  skippedCount: (count: number) => `${count} not needed any more`,
  retry: "Retry failed",
  offline: "No connection just now. The change goes on; this page catches up by itself.",
  showAll: (count: number) => `Show all ${count}`,
  showFewer: "Show fewer",
  with: (subject: string, student: string) => `${subject} with ${student}`,
  noRoom: "no room",
  newRoom: "new room",
  becomes: "becomes",
  again: (when: string) => `Trying again at ${when}`,
  after: (when: string) => `Moves after ${when}`,
  keeps: "Its previous room goes on working.",
  said: (words: string) => `In the provider’s words: ${words}`,
  titles: {
    switch: "Switch",
    refresh: "New links",
    undo: "Undo",
    retry: "Retry",
  } satisfies Record<MigrationKind, string>,
  status: {
    running: "Under way",
    completed: "All moved",
    completed_with_failures: "Some sessions failed to migrate",
    waiting: "The rest waits for its date",
    superseded: "Replaced by a newer change",
  } satisfies Record<MigrationStatus, string>,
  state: {
    pending: "Waits its turn",
    moving: "Making the new room",
    moved: "Moved",
    failed: "Failed to create meeting",
    skipped: "Not needed any more",
    deferred: "Moves later",
    superseded: "Left to a newer change",
  } satisfies Record<MigrationSessionState, string>,
};

const reconnect = "Reconnect the provider, then press “Retry failed”.";

/** What to do about a lesson that couldn't be moved. */
export const whatToDo: Record<ProviderErrorCode, string> = {
  rate_limited: "The provider asked for a pause. Press “Retry failed” in a minute.",
  daily_limit: "Today’s allowance of new rooms is used up. Press “Retry failed” tomorrow.",
  unavailable: "The provider had trouble. Press “Retry failed” in a few minutes.",
  timeout: "The provider didn’t answer in time. Press “Retry failed”.",
  in_progress: "The lesson is under way. Nothing needs to be done.",
  outcome_unknown: "The provider’s answer got lost. Press “Retry failed”; no room is made twice.",
  grant_revoked: `The provider no longer accepts the connection. ${reconnect}`,
  scope_missing: `Segue may not create meetings in that account. ${reconnect} Leave every permission ticked.`,
  account_gone: "The account is closed. Connect another one; the lessons move there by themselves.",
  invalid_request:
    "The provider refused this lesson’s details. Check its time, then press “Retry failed”.",
  not_supported: "The account can’t hold such a meeting. Check its plan, or use another account.",
  not_allowed:
    "The account may not create meetings. Check its settings at the provider, then press “Retry failed”.",
  gone: "The room had been deleted. Press “Retry failed” for a new one.",
  duplicate: "A room had been made already. Press “Retry failed” to take it up.",
};

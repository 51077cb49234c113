import { connectError } from "#components/words/connectErrors.ts";
import { videoSetupWords as words } from "#components/words/videoSetup.ts";
import type { MigrationView } from "#lib/services/views.ts";
import type { Outcome } from "./outcome.ts";

/** What the alert on top is about: a way back from a provider, or a button of this page. */
export type Notice =
  | Outcome
  | { kind: "refreshing"; counts: Counts }
  | { kind: "problem"; sentence: string };

/** The part of a migration that a message needs; `id` is null where there was nothing to move. */
export interface Counts {
  id: string | null;
  status: MigrationView["status"];
  total: number;
  moved: number;
  failed: number;
  deferred: number;
}

export interface Message {
  tone: "good" | "warning" | "bad" | "busy";
  text: string;
  /** Below the binding message. */
  detail: string | null;
}

/** `latest` is the newest migration as it stands; `waitsUntil` a moment in words. */
export function messageOf(
  notice: Notice,
  latest: Counts | null,
  waitsUntil: string | null,
): Message {
  switch (notice.kind) {
    case "error":
      return { tone: "bad", text: connectError(notice.code), detail: null };
    case "problem":
      return { tone: "bad", text: notice.sentence, detail: null };
    case "connected":
      return { tone: "good", text: words.connected, detail: null };
    case "warning":
      return { tone: "warning", text: words.warning, detail: failures(latest) };
    case "moved":
      return { tone: "good", text: words.moved(notice.count), detail: rest(latest, waitsUntil) };
    case "following":
      return followed(latest?.id === notice.migrationId ? latest : null, waitsUntil);
    case "refreshing":
      return refreshed(latest?.id === notice.counts.id ? latest : notice.counts, waitsUntil);
  }
}

function followed(switched: Counts | null, waitsUntil: string | null): Message {
  switch (switched?.status) {
    case "running":
      return {
        tone: "busy",
        text: words.progress(switched.moved, switched.total),
        detail: words.inBackground,
      };
    case "completed":
    case "waiting":
      return {
        tone: "good",
        text: switched.moved > 0 ? words.moved(switched.moved) : words.connected,
        detail: rest(switched, waitsUntil),
      };
    case "completed_with_failures":
      return { tone: "warning", text: words.warning, detail: failures(switched) };
    default:
      return { tone: "good", text: words.connected, detail: switched ? words.takenOver : null };
  }
}

function refreshed(counts: Counts, waitsUntil: string | null): Message {
  const text = words.refreshed(counts.moved);
  switch (counts.status) {
    case "running":
      return {
        tone: "busy",
        text: words.progress(counts.moved, counts.total),
        detail: words.inBackground,
      };
    case "completed":
      return { tone: "good", text, detail: null };
    case "waiting":
      return { tone: "good", text, detail: rest(counts, waitsUntil) };
    case "completed_with_failures":
      return {
        tone: "warning",
        text: `${text}\n${words.someFailed}`,
        detail: failures(counts),
      };
    case "superseded":
      return { tone: "warning", text: words.takenOver, detail: null };
  }
}

const failures = (counts: Counts | null): string | null =>
  counts && counts.failed > 0 ? words.failedDetail(counts.failed) : null;

const rest = (counts: Counts | null, waitsUntil: string | null): string | null =>
  counts && counts.deferred > 0 ? words.deferredDetail(counts.deferred, waitsUntil) : null;

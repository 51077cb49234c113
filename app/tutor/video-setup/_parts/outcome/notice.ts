import type { createTranslator } from "use-intl/core";
import type { Messages } from "#lib/platform/words.ts";
import type { ConnectionView, MigrationView } from "#lib/services/switching/views.ts";
import type { Outcome } from "./outcome.ts";

export type Words = ReturnType<typeof createTranslator<Messages, "videoSetup">>;

type ErrorWords = ReturnType<typeof createTranslator<Messages, "connectErrors">>;

export type Pressed = "refreshing" | "undoing" | "redoing";

/** What the alert at the top is about: a return from a provider, or a button on this page. */
export type Notice =
  | Outcome
  | { kind: Pressed; counts: Counts }
  | { kind: "own_link" }
  | { kind: "problem"; sentence: string };

/** The part of a migration that a message needs. `id` is null if there was nothing to move. */
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
  /** Shown below the required message. */
  detail: string | null;
}

/** What is connected, as the page has just read it. */
export type Standing = Pick<ConnectionView, "label" | "status"> | null;

/** `latest` is the newest migration as it now is. `waitsUntil` is a time, already in words. */
export function messageOf(
  { words, errors }: { words: Words; errors: ErrorWords },
  notice: Notice,
  latest: Counts | null,
  waitsUntil: string | null,
  standing: Standing = null,
): Message {
  switch (notice.kind) {
    case "error":
      return {
        tone: "bad",
        text: connectError(errors, notice.code),
        detail: stands(words, standing),
      };
    case "problem":
      return { tone: "bad", text: notice.sentence, detail: null };
    case "own_link":
      return { tone: "good", text: words("ownLinkSaved"), detail: null };
    case "connected":
      return { tone: "good", text: words("connected"), detail: null };
    case "warning":
      return { tone: "warning", text: words("warning"), detail: failures(words, latest) };
    case "moved":
      return {
        tone: "good",
        text: connectedText(words, notice.count),
        detail: rest(words, latest, waitsUntil),
      };
    case "following":
      return followed(words, latest?.id === notice.migrationId ? latest : null, waitsUntil);
    case "refreshing":
    case "undoing":
    case "redoing": {
      const counts = latest?.id === notice.counts.id ? latest : notice.counts;
      const text = words(done[notice.kind], { count: counts.moved });
      return pressed(words, text, counts, waitsUntil);
    }
  }
}

const done = { refreshing: "refreshed", undoing: "undone", redoing: "redone" } as const;

/** The code comes from the address. A lookup of "constructor" would find something, but no text. */
const codePattern = /^[a-z]+(_[a-z]+)+$/;

/** Finds a sentence for every code, known or not. */
function connectError(errors: ErrorWords, code: string): string {
  const known = code as keyof Messages["connectErrors"];
  return errors(codePattern.test(code) && errors.has(known) ? known : "unknown");
}

/** The address may hold an error of long ago, so this says what is, and never that all is as it was. */
const stands = (words: Words, standing: Standing): string =>
  standing
    ? words(`afterError.${standing.status}`, { provider: standing.label })
    : words("afterError.nowhere");

/** Beside the required words: the consent was given by another account of the same provider than before. */
export function otherAccount(
  words: Words,
  notice: Notice,
  latest: Pick<MigrationView, "kind" | "accounts"> | null,
  provider: string,
): string | null {
  const isAbout =
    notice.kind === "moved" || notice.kind === "warning" || notice.kind === "following";
  if (!isAbout || latest?.kind !== "switch" || !latest.accounts) return null;
  return words("otherAccount", { provider, ...latest.accounts });
}

/** Whether it tells how the newest change went, so that it stands with that change. */
export const isAboutChange = (notice: Notice, migrationId: string | undefined): boolean => {
  switch (notice.kind) {
    case "moved":
    case "warning":
      return migrationId !== undefined;
    case "following":
      return notice.migrationId === migrationId;
    case "refreshing":
    case "undoing":
    case "redoing":
      return notice.counts.id === migrationId;
    default:
      return false;
  }
};

/** Whether the change in the address is still the newest. The address lacks later changes from this page. */
export const isStillNews = (
  outcome: Outcome | null,
  latest: Pick<MigrationView, "kind"> | null,
): boolean =>
  outcome === null ||
  outcome.kind === "error" ||
  outcome.kind === "connected" ||
  latest === null ||
  latest.kind === "switch";

/** Marks a button's migration as superseded if a newer change took over before it settled. */
export function takenOver(notice: Notice | null, migrationId: string): Notice | null {
  const isAbout =
    notice !== null &&
    "counts" in notice &&
    notice.counts.id === migrationId &&
    notice.counts.status === "running";
  return isAbout ? { ...notice, counts: { ...notice.counts, status: "superseded" } } : notice;
}

const connectedText = (words: Words, moved: number): string =>
  moved > 0 ? words("moved", { count: moved }) : words("connected");

function followed(words: Words, switched: Counts | null, waitsUntil: string | null): Message {
  switch (switched?.status) {
    case "running":
      return underWay(words, switched);
    case "completed":
    case "waiting":
      return {
        tone: "good",
        text: connectedText(words, switched.moved),
        detail: rest(words, switched, waitsUntil),
      };
    case "completed_with_failures":
      return { tone: "warning", text: words("warning"), detail: failures(words, switched) };
    default:
      return {
        tone: "good",
        text: words("connected"),
        detail: switched ? words("takenOver") : null,
      };
  }
}

function pressed(words: Words, text: string, counts: Counts, waitsUntil: string | null): Message {
  switch (counts.status) {
    case "running":
      return underWay(words, counts);
    case "completed":
      return { tone: "good", text, detail: null };
    case "waiting":
      return { tone: "good", text, detail: rest(words, counts, waitsUntil) };
    case "completed_with_failures":
      return {
        tone: "warning",
        text: `${text}\n${words("someFailed")}`,
        detail: failures(words, counts),
      };
    case "superseded":
      return { tone: "warning", text: words("takenOver"), detail: null };
  }
}

const underWay = (words: Words, { moved, total }: Counts): Message => ({
  tone: "busy",
  text: words("progress", { moved, total }),
  detail: null,
});

const failures = (words: Words, counts: Counts | null): string | null =>
  counts && counts.failed > 0 ? words("failedDetail", { count: counts.failed }) : null;

function rest(words: Words, counts: Counts | null, when: string | null): string | null {
  if (!counts || counts.deferred === 0) return null;
  const count = counts.deferred;
  return when ? words("deferredAfter", { count, when }) : words("deferredLater", { count });
}

"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useState } from "react";
import {
  type Notice,
  type Pressed,
  takenOver,
} from "#app/tutor/video-setup/_parts/outcome/notice.ts";
import { call, type Problem } from "#components/calls/api.ts";
import { useSentence } from "#components/calls/useCall.ts";
import { useReread } from "#components/calls/useReread.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationDetail, MigrationResult } from "#lib/services/switching/views.ts";
import { Announcer } from "./Announcer.tsx";
import { announceRefresh } from "./announceRefresh.ts";
import { useFollow } from "./useFollow.ts";

/** A change made in another browser is noticed within this time, or when somebody comes back to the page. */
const REREAD_MS = 15_000;
/** The work begins before a button's request is answered, so the page is read again after this time. */
const PEEK_MS = 400;

interface Live {
  migration: MigrationDetail | null;
  notice: Notice | null;
  /**
   * Whether the newest change stands before all else on the page: it is under way, can be undone, or has left
   * something behind. Once there it stays until the page is left, so that nothing jumps away from a reader.
   */
  isOnTop: boolean;
  /** Whether the server can't be reached at present. */
  offline: boolean;
  /** What was pressed and isn't answered yet. For one lesson's own button it is the lesson's id. */
  busy: string | null;
  /** Rises when something was changed from this page, because what was read before may be old. */
  changes: number;
  refreshLinks: (tutorId: string, provider: ProviderId) => Promise<void>;
  /** With no lessons named, it retries all that failed and haven't moved since. */
  retry: (migrationId: string, sessionIds: string[], busy: string) => Promise<void>;
  /** @returns why it was refused, or null */
  undo: (migrationId: string) => Promise<Problem | null>;
  /** @returns why it was refused, or null */
  setOwnLink: (
    sessionId: string,
    room: { url: string; passcode: string },
  ) => Promise<Problem | null>;
}

const LiveContext = createContext<Live | null>(null);

export function useMigration(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useMigration outside of MigrationLive");
  return live;
}

interface Props {
  personId: string;
  latest: MigrationDetail | null;
  /** Whether `latest` wanted to be on top when the page was made. */
  isRecent: boolean;
  notice: Notice | null;
  children: ReactNode;
}

/** Holds the newest migration for the whole page and follows it while it runs. */
export function MigrationLive({ personId, latest, isRecent, notice: arrived, children }: Props) {
  const router = useRouter();
  const sentenceOf = useSentence();
  const [rendered, setRendered] = useState(latest);
  const [migration, setMigration] = useState(latest);
  const [notice, setNotice] = useState(arrived);
  const [busy, setBusy] = useState<string | null>(null);
  const [changes, setChanges] = useState(0);
  const [isOnTop, setOnTop] = useState(isRecent);
  if (!isOnTop && (isRecent || migration?.status === "running")) setOnTop(true);
  if (rendered !== latest) {
    setRendered(latest);
    // A page that was rendered before the button was pressed may arrive after the answer to it.
    if (migration && latest && latest.generation > migration.generation) {
      setNotice(takenOver(notice, migration.id));
    }
    const isOlder = migration && (!latest || latest.generation < migration.generation);
    if (!isOlder) setMigration(latest);
  }

  const runningId = migration?.status === "running" ? migration.id : null;
  const told = (detail: MigrationDetail) => {
    setMigration((known) => (known && known.generation > detail.generation ? known : detail));
    if (detail.status === "superseded") setNotice((shown) => takenOver(shown, detail.id));
    if (detail.status !== "running") router.refresh();
  };
  const offline = useFollow(runningId, personId, told, () => router.refresh());
  useReread(REREAD_MS);

  /** @returns why it was refused, or null */
  async function run(
    what: string,
    path: string,
    kind: Pressed,
    body: object = {},
  ): Promise<Problem | null> {
    setBusy(what);
    setNotice(null);
    const peek = setTimeout(() => router.refresh(), PEEK_MS);
    const answer = await call<MigrationResult>("POST", path, body);
    clearTimeout(peek);
    if (answer.ok) {
      const { data } = answer;
      // Shown together: a message that is about another change than the one on the page would jump.
      await follow(data.migrationId, () => setNotice({ kind, counts: countsOf(data) }));
    }
    setBusy(null);
    return answer.ok ? null : answer.problem;
  }

  async function follow(migrationId: string | null, show: () => void) {
    if (migrationId !== null) {
      const answer = await call<MigrationDetail>("GET", `/api/migrations/${migrationId}`);
      if (answer.ok) setMigration(answer.data);
    }
    show();
    setChanges((count) => count + 1);
    router.refresh();
  }

  const show = (problem: Problem | null) => {
    if (problem) setNotice({ kind: "problem", sentence: sentenceOf(problem) });
  };

  const live: Live = {
    migration,
    notice,
    isOnTop,
    offline,
    busy,
    changes,
    refreshLinks: async (tutorId, provider) => {
      announceRefresh(tutorId, provider);
      show(await run("refresh", "/api/sessions/migrate-provider", "refreshing"));
    },
    retry: async (migrationId, sessionIds, as) => {
      show(await run(as, `/api/migrations/${migrationId}/retry`, "refreshing", { sessionIds }));
    },
    undo: (migrationId) => {
      const isRedo = migration?.kind === "undo" && !migration.isRedo;
      const path = `/api/migrations/${migrationId}/undo`;
      return run("undo", path, isRedo ? "redoing" : "undoing");
    },
    setOwnLink: async (sessionId, room) => {
      const answer = await call("POST", `/api/sessions/${sessionId}/own-link`, room);
      if (!answer.ok) return answer.problem;
      await follow(migration?.id ?? null, () => setNotice({ kind: "own_link" }));
      return null;
    },
  };
  return (
    <LiveContext value={live}>
      <Announcer migration={migration} offline={offline} />
      {children}
    </LiveContext>
  );
}

const countsOf = (result: MigrationResult) => ({
  id: result.migrationId,
  status: statusOf(result),
  total: result.total,
  moved: result.migrated,
  failed: result.failed,
  deferred: result.deferred,
});

function statusOf(result: MigrationResult): MigrationDetail["status"] {
  if (result.running) return "running";
  if (result.failed > 0) return "completed_with_failures";
  return result.deferred > 0 ? "waiting" : "completed";
}

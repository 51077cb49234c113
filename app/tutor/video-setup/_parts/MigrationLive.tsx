"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { call } from "#components/api.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationDetail, MigrationResult } from "#lib/services/views.ts";
import { announceRefresh } from "./announceRefresh.ts";
import type { Notice } from "./notice.ts";

const REREAD_MS = 2000;

interface Live {
  migration: MigrationDetail | null;
  notice: Notice | null;
  /** The last re-read didn't reach the server. */
  offline: boolean;
  busy: "refresh" | "retry" | null;
  refreshLinks: (tutorId: string, provider: ProviderId) => Promise<void>;
  retryFailed: (migrationId: string) => Promise<void>;
}

const LiveContext = createContext<Live | null>(null);

export function useMigration(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useMigration outside of MigrationLive");
  return live;
}

interface Props {
  latest: MigrationDetail | null;
  notice: Notice | null;
  children: ReactNode;
}

/** Holds the newest migration for the whole page and re-reads it while it runs. */
export function MigrationLive({ latest, notice: arrived, children }: Props) {
  const router = useRouter();
  const [rendered, setRendered] = useState(latest);
  const [migration, setMigration] = useState(latest);
  const [notice, setNotice] = useState(arrived);
  const [offline, setOffline] = useState(false);
  const [busy, setBusy] = useState<Live["busy"]>(null);
  if (rendered !== latest) {
    setRendered(latest);
    // A page rendered before the button was pressed may arrive after the answer to it.
    const isOlder = migration && (!latest || latest.generation < migration.generation);
    if (!isOlder) setMigration(latest);
  }

  const runningId = migration?.status === "running" ? migration.id : null;
  useEffect(() => {
    if (runningId === null) return;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout>;
    async function reread() {
      const answer = await call<MigrationDetail>("GET", `/api/migrations/${runningId}`);
      if (isLeft) return;
      setOffline(!answer.ok);
      if (answer.ok) setMigration(answer.data);
      if (answer.ok && answer.data.status !== "running") router.refresh();
      else timer = setTimeout(reread, REREAD_MS);
    }
    timer = setTimeout(reread, REREAD_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [runningId, router]);

  async function run(what: "refresh" | "retry", path: string) {
    setBusy(what);
    setNotice(null);
    const answer = await call<MigrationResult>("POST", path);
    if (answer.ok) {
      setNotice({ kind: "refreshing", counts: countsOf(answer.data) });
      await follow(answer.data.migrationId);
    } else {
      setNotice({ kind: "problem", sentence: answer.problem.sentence });
    }
    setBusy(null);
  }

  async function follow(migrationId: string | null) {
    if (migrationId !== null) {
      const answer = await call<MigrationDetail>("GET", `/api/migrations/${migrationId}`);
      if (answer.ok) setMigration(answer.data);
    }
    router.refresh();
  }

  async function refreshLinks(tutorId: string, provider: ProviderId) {
    announceRefresh(tutorId, provider);
    await run("refresh", "/api/sessions/migrate-provider");
  }

  const retryFailed = (migrationId: string) => run("retry", `/api/migrations/${migrationId}/retry`);

  const live = { migration, notice, offline, busy, refreshLinks, retryFailed };
  return <LiveContext value={live}>{children}</LiveContext>;
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

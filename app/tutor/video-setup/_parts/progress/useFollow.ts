"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { call } from "#components/calls/api.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";

const TRY_AGAIN_MS = 2000;

/** Whether the person has signed out, or in as somebody else, in another tab. */
const isSomebodyElse = (status: number): boolean => [401, 403, 404].includes(status);

/**
 * Reports on a running migration until it has settled: by one event stream from the server, and by reading
 * the migration again whenever the stream breaks.
 * @returns whether the server can't be reached at present
 */
export function useFollow(
  runningId: string | null,
  told: (detail: MigrationDetail) => void,
  signedOut: () => void,
): boolean {
  const [offline, setOffline] = useState(false);
  const onTold = useEffectEvent(told);
  const onSignedOut = useEffectEvent(signedOut);
  useEffect(() => {
    if (runningId === null) return;
    const path = `/api/migrations/${runningId}`;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout>;
    let source: EventSource;

    /** @returns whether there is more to come */
    function tell(detail: MigrationDetail): boolean {
      setOffline(false);
      onTold(detail);
      return detail.status === "running";
    }

    function listen() {
      source = new EventSource(`${path}/events`);
      source.onopen = () => setOffline(false);
      source.onmessage = (event: MessageEvent<string>) => {
        if (!tell(JSON.parse(event.data) as MigrationDetail)) source.close();
      };
      // The browser would only request the same stream again and again, because it can't see why it ended.
      source.onerror = () => {
        source.close();
        if (!isLeft) timer = setTimeout(reread, TRY_AGAIN_MS);
      };
    }

    async function reread() {
      const answer = await call<MigrationDetail>("GET", path);
      if (isLeft) return;
      if (answer.ok) {
        if (tell(answer.data)) listen();
      } else if (isSomebodyElse(answer.problem.status)) {
        onSignedOut();
      } else {
        setOffline(true);
        timer = setTimeout(reread, TRY_AGAIN_MS);
      }
    }

    listen();
    return () => {
      isLeft = true;
      source.close();
      clearTimeout(timer);
    };
  }, [runningId]);
  return offline;
}

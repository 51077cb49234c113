"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { call } from "#components/calls/api.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { follow, type Surroundings } from "./follow.ts";

const browser: Surroundings = {
  openStream: (path) => new EventSource(path),
  read: (path) => call<MigrationDetail>("GET", path),
  random: Math.random,
  isVisible: () => document.visibilityState === "visible",
  onVisibility: (changed) => {
    document.addEventListener("visibilitychange", changed);
    return () => document.removeEventListener("visibilitychange", changed);
  },
};

/**
 * Reports on a running migration until it has settled.
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
    return follow(runningId, browser, {
      detail: (detail) => onTold(detail),
      offline: setOffline,
      signedOut: () => onSignedOut(),
    });
  }, [runningId]);
  return offline;
}

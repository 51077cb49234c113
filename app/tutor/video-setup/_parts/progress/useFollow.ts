"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { call } from "#components/calls/api.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { follow, type Surroundings } from "./follow.ts";
import { oneStream, type Said, type Tabs } from "./oneStream.ts";

const browser: Surroundings = {
  openStream: (path) => new EventSource(path),
  read: (path) => call<MigrationDetail>("GET", path),
  random: Math.random,
};

const tabs: Tabs = {
  whenFree: (name, signal, lead) => {
    // Browsers have locks only under https and on loopback. Without them each tab has a stream of its own.
    if (!("locks" in navigator)) return void lead();
    navigator.locks.request(name, { signal }, lead).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
  channel: (name, heard) => {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<Said>) => heard(data);
    return { say: (said) => channel.postMessage(said), close: () => channel.close() };
  },
  isVisible: () => document.visibilityState === "visible",
  onVisibility: (changed) => {
    document.addEventListener("visibilitychange", changed);
    return () => document.removeEventListener("visibilitychange", changed);
  },
};

/**
 * Reports on a running migration until it has settled.
 * @param personId keeps apart two people who use this browser one after the other
 * @returns whether the server can't be reached at present
 */
export function useFollow(
  runningId: string | null,
  personId: string,
  told: (detail: MigrationDetail) => void,
  signedOut: () => void,
): boolean {
  const [offline, setOffline] = useState(false);
  const onTold = useEffectEvent(told);
  const onSignedOut = useEffectEvent(signedOut);
  useEffect(() => {
    if (runningId === null) return;
    const name = `segue migration ${runningId} of ${personId}`;
    const own = {
      detail: (detail: MigrationDetail) => onTold(detail),
      offline: setOffline,
      signedOut: () => onSignedOut(),
    };
    return oneStream(name, tabs, own, (all) => follow(runningId, browser, all));
  }, [runningId, personId]);
  return offline;
}

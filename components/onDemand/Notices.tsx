"use client";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { wanted } from "./notify.ts";

const Notifications = dynamic(() =>
  import("@mantine/notifications").then((kit) => kit.Notifications),
);

/** Where `notify` is heard; the kit's part of it is loaded with the first thing to say. */
export function Notices() {
  const isWanted = useSyncExternalStore(wanted.subscribe, wanted.get, () => false);
  return isWanted ? <Notifications className="notices" /> : null;
}

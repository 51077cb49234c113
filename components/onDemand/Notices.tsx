"use client";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { wanted } from "./notify.ts";

const Notifications = dynamic(() =>
  import("@mantine/notifications").then((kit) => kit.Notifications),
);

/** Shows what `notify` says. The kit's part is loaded with the first message. */
export function Notices() {
  const isWanted = useSyncExternalStore(wanted.subscribe, wanted.get, () => false);
  return isWanted ? <Notifications className="notices" /> : null;
}

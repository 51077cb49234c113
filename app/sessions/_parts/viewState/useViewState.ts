"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { type Look, readLook, writeLook } from "./viewState.ts";

/** What the address says, and the way to another look at the same page. */
export function useLook() {
  const path = usePathname();
  const look = readLook(useSearchParams());
  const href = (change: Partial<Look>) => `${path}${writeLook({ ...look, ...change })}`;
  return {
    look,
    /** With it, another page of these keeps the look. */
    query: writeLook(look),
    href,
    /** At once: the page has all that it needs. */
    go: (change: Partial<Look>) => window.history.pushState(null, "", href(change)),
  };
}

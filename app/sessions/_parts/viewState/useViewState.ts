"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { readViewState, type ViewState, writeViewState } from "./viewState.ts";

/** What the address says, and the way to another look at the same page. */
export function useViewState() {
  const path = usePathname();
  const viewState = readViewState(useSearchParams());
  const href = (change: Partial<ViewState>) =>
    `${path}${writeViewState({ ...viewState, ...change })}`;
  return {
    viewState,
    /** With it, another page of these keeps the look. */
    query: writeViewState(viewState),
    href,
    /** At once: the page has all that it needs. */
    go: (change: Partial<ViewState>) => window.history.pushState(null, "", href(change)),
  };
}

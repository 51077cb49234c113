"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { readViewState, type ViewState, writeViewState } from "./viewState.ts";

/** The view state in the address, and the way to another view of the same page. */
export function useViewState() {
  const path = usePathname();
  const viewState = readViewState(useSearchParams());
  const href = (change: Partial<ViewState>) =>
    `${path}${writeViewState({ ...viewState, ...change })}`;
  return {
    viewState,
    /** The query with which another of these pages keeps the view. */
    query: writeViewState(viewState),
    href,
    /** Changes the view without a request, because the page has all that it needs. */
    go: (change: Partial<ViewState>) => window.history.pushState(null, "", href(change)),
  };
}

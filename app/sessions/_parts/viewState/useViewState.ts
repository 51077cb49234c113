"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createContext, useContext } from "react";
import { useZones } from "#components/time/ShownZones.tsx";
import { readViewState, type ViewState, writeViewState } from "./viewState.ts";

/** Whether the page has all of the viewer's lessons, so that no view needs another request. */
export const HasAllLessons = createContext(true);

/** The view state in the address, and the way to another view of the same page. */
export function useViewState() {
  const path = usePathname();
  const router = useRouter();
  const hasAll = useContext(HasAllLessons);
  const { has } = useZones();
  const viewState = readViewState(useSearchParams(), has);
  const href = (change: Partial<ViewState>) =>
    `${path}${writeViewState({ ...viewState, ...change })}`;
  return {
    viewState,
    hasAll,
    /** The query with which another of these pages keeps the view. */
    query: writeViewState(viewState),
    href,
    /** Changes the view, without a request where the page has all that it needs. */
    go: (change: Partial<ViewState>) => {
      if (hasAll && (!change.zone || has(change.zone)))
        window.history.pushState(null, "", href(change));
      else router.push(href(change), { scroll: false });
    },
  };
}

"use client";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useNow } from "#components/time/useNow.ts";

/** So old the frame's marks may be when another page opens. */
const FRESH_MS = 60_000;

/** Back and forward show a page as it was, without what has been added since. It is read again. */
export function useFreshPages(): void {
  const router = useRouter();
  useEffect(() => {
    const reread = () => router.refresh();
    // A page that the browser kept whole comes back without asking anybody.
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (persisted) reread();
    };
    window.addEventListener("popstate", reread);
    window.addEventListener("pageshow", comeBack);
    return () => {
      window.removeEventListener("popstate", reread);
      window.removeEventListener("pageshow", comeBack);
    };
  }, [router]);
}

/** The frame stays while one page follows another, and its marks would be as old as the first of them. */
export function useFreshMarks(): void {
  const router = useRouter();
  const path = usePathname();
  const renderedAt = useNow();
  const read = useRef({ renderedAt: "", at: 0 });
  useEffect(() => {
    if (read.current.renderedAt !== renderedAt)
      read.current = { renderedAt, at: performance.now() };
    else if (path && performance.now() - read.current.at > FRESH_MS) router.refresh();
  }, [router, path, renderedAt]);
}

"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again when somebody comes back to it, and every `everyMs` milliseconds if given. */
export function useReread(everyMs: number | null): void {
  const router = useRouter();
  useEffect(() => {
    const reread = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    document.addEventListener("visibilitychange", reread);
    const timer = everyMs === null ? undefined : setInterval(reread, everyMs);
    return () => {
      document.removeEventListener("visibilitychange", reread);
      clearInterval(timer);
    };
  }, [router, everyMs]);
}

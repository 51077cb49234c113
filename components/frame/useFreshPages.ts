"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

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

"use client";
import { useEffect, useState } from "react";

/** Enters the room by itself, in this tab, as soon as it is open. */
export function useOpening(sessionId: string, isOpen: boolean): void {
  // If the join link led here although the room looks open, wait before trying it again, or the two addresses
  // would redirect to each other in a tight loop.
  const [delayMs] = useState(isOpen ? 3000 : 0);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setTimeout(() => window.location.replace(`/sessions/${sessionId}/join`), delayMs);
    return () => clearTimeout(timer);
  }, [isOpen, sessionId, delayMs]);
}

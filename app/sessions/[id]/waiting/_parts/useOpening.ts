"use client";
import { useEffect, useState } from "react";

/** Goes into the room by itself, in this tab, as soon as it is open. */
export function useOpening(sessionId: string, isOpen: boolean): void {
  // Sent here although it looks open: whatever the reason, the two must not chase each other.
  const [delayMs] = useState(isOpen ? 3000 : 0);
  useEffect(() => {
    if (!isOpen) return;
    const timer = setTimeout(() => window.location.replace(`/sessions/${sessionId}/join`), delayMs);
    return () => clearTimeout(timer);
  }, [isOpen, sessionId, delayMs]);
}

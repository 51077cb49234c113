"use client";
import { useEffect, useState } from "react";

/**
 * How far the server's clock is ahead of this machine's. Each page brings the server's time; the
 * largest difference is the one that lost least on its way here.
 */
let ahead = Number.NEGATIVE_INFINITY;

/** The server's time as it goes on: what the page was rendered with first, then one step after another. */
export function useNow(rendered: string, everyMs = 1000): string {
  const [now, setNow] = useState(rendered);
  useEffect(() => {
    ahead = Math.max(ahead, Date.parse(rendered) - Date.now());
    const step = () => setNow(new Date(Date.now() + ahead).toISOString());
    // Not at once: the page has just been rendered, and a step is to render it again.
    if (Date.now() + ahead - Date.parse(rendered) >= everyMs) step();
    const timer = setInterval(step, everyMs);
    return () => clearInterval(timer);
  }, [rendered, everyMs]);
  return now;
}

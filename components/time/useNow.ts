"use client";
import { useEffect, useState } from "react";

/**
 * How far the server's clock is ahead of this machine's, in milliseconds. Each page brings the server's time;
 * the largest difference belongs to the page that took the least time to arrive.
 */
let ahead = Number.NEGATIVE_INFINITY;

/** The server's time: first as the page was rendered, then updated every `everyMs` milliseconds. */
export function useNow(rendered: string, everyMs = 1000): string {
  const [now, setNow] = useState(rendered);
  useEffect(() => {
    ahead = Math.max(ahead, Date.parse(rendered) - Date.now());
    const step = () => setNow(new Date(Date.now() + ahead).toISOString());
    // No step at once, because the page has just been rendered and a step renders it again.
    if (Date.now() + ahead - Date.parse(rendered) >= everyMs) step();
    const timer = setInterval(step, everyMs);
    return () => clearInterval(timer);
  }, [rendered, everyMs]);
  return now;
}

"use client";
import { useNow } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { TimeFrame } from "./TimeFrame.tsx";

/**
 * How far the server's clock is ahead of this machine's, in milliseconds. Each page brings the server's time;
 * the largest difference belongs to the page that took the least time to arrive.
 */
let ahead = Number.NEGATIVE_INFINITY;

interface Props {
  everyMs: number;
  children: ReactNode;
}

/**
 * Keeps the server's time running for all that is inside it, in one step every `everyMs` milliseconds. At first
 * it is the time outside, so that the server and the browser render the same.
 */
export function Clock({ everyMs, children }: Props) {
  const outside = useNow();
  const [now, setNow] = useState(outside);
  useEffect(() => {
    ahead = Math.max(ahead, outside.getTime() - Date.now());
    const step = () => setNow(new Date(Date.now() + ahead));
    // No step at once, because the page has just been rendered and a step renders it again.
    if (Date.now() + ahead - outside.getTime() >= everyMs) step();
    const timer = setInterval(step, everyMs);
    return () => clearInterval(timer);
  }, [outside, everyMs]);
  // A page that is read again may bring a later time than the last step.
  if (outside > now) setNow(outside);
  return <TimeFrame now={now}>{children}</TimeFrame>;
}

"use client";
import { useLinkStatus } from "next/link";

/**
 * In a link: a bar along the top of the page while what the link leads to is on its way, and takes a moment.
 * Not a skeleton: a page that is loaded as a whole would be held back behind one.
 */
export function Pending() {
  const { pending } = useLinkStatus();
  return <span className="pending" data-pending={pending || undefined} aria-hidden />;
}

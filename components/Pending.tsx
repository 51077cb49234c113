"use client";
import { useLinkStatus } from "next/link";

/**
 * Inside a link: a bar along the top of the page while the linked page takes a moment to load. This isn't a
 * skeleton, because a page that arrives as a whole would be held back behind one.
 */
export function Pending() {
  const { pending } = useLinkStatus();
  return <span className="pending" data-pending={pending || undefined} aria-hidden />;
}

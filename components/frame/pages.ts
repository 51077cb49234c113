import { IconCalendarEvent, IconInbox, IconLifebuoy, IconUsers } from "@tabler/icons-react";
import type { Role } from "#lib/services/verb/context.ts";

/** `key` leads there with Alt and Shift. */
const sessions = {
  href: "/sessions",
  name: "sessions",
  Icon: IconCalendarEvent,
  key: "S",
} as const;
const bookings = { href: "/bookings", name: "bookings", Icon: IconInbox, key: "B" } as const;
const students = { href: "/students", name: "students", Icon: IconUsers, key: "P" } as const;
const support = { href: "/support", name: "support", Icon: IconLifebuoy, key: "H" } as const;

/** What the navigation leads to. Whoever is support has no lessons of their own. */
export const pagesOf = {
  tutor: [sessions, bookings, students],
  student: [sessions, bookings],
  admin: [support],
} as const satisfies Record<Role, unknown>;

"use client";
import { Menu, MenuDropdown, MenuItem, MenuTarget, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconCalendarEvent,
  IconInbox,
  IconSettings,
  IconUserCircle,
  IconVideo,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { Role } from "#lib/services/context.ts";
import { shellWords } from "./words/shell.ts";

const pages = [
  { href: "/sessions", name: shellWords.sessions, Icon: IconCalendarEvent, keys: "Alt+Shift+S" },
  { href: "/bookings", name: shellWords.bookings, Icon: IconInbox, keys: "Alt+Shift+B" },
];

export function MainNavigation({ role, place }: { role: Role; place: "header" | "footer" }) {
  const path = usePathname();
  const size = place === "header" ? 18 : 22;
  const inSettings = path.startsWith("/settings") || path.startsWith("/tutor/");
  return (
    <nav aria-label={shellWords.mainNavigation} className="navigation" data-place={place}>
      {pages.map(({ href, name, Icon, keys }) => (
        <Tooltip key={href} label={shellWords.shortcut(name, keys)} openDelay={600}>
          <Link
            href={href}
            className="navItem"
            aria-current={path === href ? "page" : undefined}
            aria-keyshortcuts={keys}
          >
            <Icon size={size} aria-hidden />
            {name}
          </Link>
        </Tooltip>
      ))}
      <Menu position={place === "header" ? "bottom-start" : "top-end"}>
        <MenuTarget>
          <UnstyledButton className="navItem" data-current={inSettings || undefined}>
            <IconSettings size={size} aria-hidden />
            {shellWords.settings}
          </UnstyledButton>
        </MenuTarget>
        <MenuDropdown>
          <MenuItem component={Link} href="/settings" leftSection={<IconUserCircle size={16} />}>
            {shellWords.profile}
          </MenuItem>
          {role === "tutor" ? (
            <MenuItem
              component={Link}
              href="/tutor/video-setup"
              leftSection={<IconVideo size={16} />}
            >
              {shellWords.videoProvider}
            </MenuItem>
          ) : null}
        </MenuDropdown>
      </Menu>
    </nav>
  );
}

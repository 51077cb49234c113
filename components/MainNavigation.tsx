"use client";
import { Menu, MenuDropdown, MenuItem, MenuTarget, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconCalendarEvent,
  IconInbox,
  IconLifebuoy,
  IconSettings,
  IconUserCircle,
  IconVideo,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Role } from "#lib/services/context.ts";

const pages = [
  { href: "/sessions", name: "sessions", Icon: IconCalendarEvent, keys: "Alt+Shift+S" },
  { href: "/bookings", name: "bookings", Icon: IconInbox, keys: "Alt+Shift+B" },
] as const;

export function MainNavigation({ role, place }: { role: Role; place: "header" | "footer" }) {
  const words = useTranslations("shell");
  const path = usePathname();
  const support = useTranslations("support");
  const size = place === "header" ? 18 : 22;
  const inSettings = path.startsWith("/settings") || path.startsWith("/tutor/");
  return (
    <nav aria-label={words("mainNavigation")} className="navigation" data-place={place}>
      {pages.map(({ href, name, Icon, keys }) => (
        <Tooltip key={href} label={words("shortcut", { name: words(name), keys })} openDelay={600}>
          <Link
            href={href}
            className="navItem"
            aria-current={currentAt(path, href)}
            aria-keyshortcuts={keys}
          >
            <Icon size={size} aria-hidden />
            {words(name)}
          </Link>
        </Tooltip>
      ))}
      {role === "admin" ? (
        <Link href="/support" className="navItem" aria-current={currentAt(path, "/support")}>
          <IconLifebuoy size={size} aria-hidden />
          {support("title")}
        </Link>
      ) : null}
      <Menu position={place === "header" ? "bottom-start" : "top-end"}>
        <MenuTarget>
          <UnstyledButton className="navItem" aria-current={inSettings || undefined}>
            <IconSettings size={size} aria-hidden />
            {words("settings")}
          </UnstyledButton>
        </MenuTarget>
        <MenuDropdown>
          <MenuItem component={Link} href="/settings" leftSection={<IconUserCircle size={16} />}>
            {words("profile")}
          </MenuItem>
          {role === "tutor" ? (
            <MenuItem
              component={Link}
              href="/tutor/video-setup"
              leftSection={<IconVideo size={16} />}
            >
              {words("videoProvider")}
            </MenuItem>
          ) : null}
        </MenuDropdown>
      </Menu>
    </nav>
  );
}

/** A page below it belongs to it: a lesson's own to the lessons. */
function currentAt(path: string, href: string): "page" | "true" | undefined {
  if (path === href) return "page";
  return path.startsWith(`${href}/`) ? "true" : undefined;
}

"use client";
import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconSettings } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Tip } from "#components/onDemand/Tip.tsx";
import { useMenu } from "#components/onDemand/useMenu.ts";
import { Pending } from "#components/Pending.tsx";
import type { Role } from "#lib/services/verb/context.ts";
import { pagesOf } from "./pages.ts";

const load = () => import("./SettingsItems.tsx").then((file) => file.SettingsItems);
const SettingsItems = dynamic(load);

interface Props {
  role: Role;
  place: "header" | "footer";
  /** How many requests wait for a tutor's answer. */
  waiting: number;
  toReconnect: string | null;
}

export function MainNavigation({ role, place, waiting, toReconnect }: Props) {
  const words = useTranslations("shell");
  const path = usePathname();
  const { button, menu } = useMenu(load);
  const size = place === "header" ? 18 : 22;
  const entries = pagesOf[role].map((page) => ({ ...page, keys: `Alt+Shift+${page.key}` }));
  const inSettings = path.startsWith("/settings") || path.startsWith("/tutor/");
  return (
    <nav aria-label={words("mainNavigation")} className="navigation" data-place={place}>
      {entries.map(({ href, name, Icon, keys }) => (
        <Tip key={href} label={words("shortcut", { name: words(name), keys })}>
          <Link
            href={href}
            className="navItem"
            aria-current={currentAt(path, href)}
            aria-keyshortcuts={keys}
          >
            <span className="navIcon">
              <Icon size={size} aria-hidden />
              {name === "bookings" && waiting > 0 ? (
                <span className="navCount" aria-hidden="true">
                  {waiting > 9 ? "9+" : waiting}
                </span>
              ) : null}
            </span>
            <span className="navLabel">{words(name)}</span>
            {name === "bookings" && waiting > 0 ? (
              <VisuallyHidden>, {words("requestsWait", { count: waiting })}</VisuallyHidden>
            ) : null}
            <Pending />
          </Link>
        </Tip>
      ))}
      <UnstyledButton
        className="navItem"
        aria-current={inSettings || undefined}
        aria-label={
          toReconnect
            ? words("needsReconnect", { name: words("settings"), provider: toReconnect })
            : undefined
        }
        {...button}
      >
        <span className="navIcon" data-marked={toReconnect !== null || undefined}>
          <IconSettings size={size} aria-hidden />
        </span>
        <span className="navLabel">{words("settings")}</span>
      </UnstyledButton>
      {menu ? (
        <SettingsItems
          menu={menu}
          role={role}
          toReconnect={toReconnect}
          position={place === "header" ? "bottom-start" : "top-end"}
        />
      ) : null}
    </nav>
  );
}

/** A page below a link's address belongs to that link: one lesson's page to the lessons. */
function currentAt(path: string, href: string): "page" | "true" | undefined {
  if (path === href) return "page";
  return path.startsWith(`${href}/`) ? "true" : undefined;
}

"use client";
import { AppShell, AppShellFooter, AppShellHeader, AppShellMain } from "@mantine/core";
import { type HotkeyItem, useHotkeys } from "@mantine/hooks";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { Person } from "#lib/services/context.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import { Wordmark } from "./Brand.tsx";
import { ButtonLink } from "./ButtonLink.tsx";
import { MainNavigation } from "./MainNavigation.tsx";
import { shellWords } from "./words/shell.ts";

/** Header, navigation (at the bottom on phones) and content. */
export function AppFrame({ person, children }: { person: Person | null; children: ReactNode }) {
  const router = useRouter();
  const shortcut = (key: string, path: string): HotkeyItem => [
    `alt+shift+${key}`,
    () => router.push(path),
    // With Alt, some keyboards write another letter.
    { usePhysicalKeys: true },
  ];
  const everybody = [shortcut("s", "/sessions"), shortcut("b", "/bookings")];
  useHotkeys(person ? everybody : []);
  return (
    <AppShell header={{ height: 56 }} footer={{ height: { base: person ? 64 : 0, sm: 0 } }}>
      <a href="#content" className="skip">
        {shellWords.skip}
      </a>
      <AppShellHeader>
        <div className="bar">
          <Link href="/" className="home" aria-label={shellWords.name}>
            <Wordmark />
          </Link>
          {person ? (
            <>
              <div className="desk">
                <MainNavigation role={person.role} place="header" />
              </div>
              <AccountMenu person={person} />
            </>
          ) : (
            <span className="guest">
              <ButtonLink href="/sign-in" variant="subtle" size="compact-md">
                {shellWords.signIn}
              </ButtonLink>
            </span>
          )}
        </div>
      </AppShellHeader>
      <AppShellMain id="content" tabIndex={-1}>
        <div className="page">{children}</div>
      </AppShellMain>
      {person ? (
        <AppShellFooter className="phone">
          <MainNavigation role={person.role} place="footer" />
        </AppShellFooter>
      ) : null}
    </AppShell>
  );
}

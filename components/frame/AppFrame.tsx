"use client";
import { type HotkeyItem, useHotkeys } from "@mantine/hooks";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Commands } from "#components/command/Commands.tsx";
import type { Language } from "#lib/platform/words.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import { AddressBanner } from "./AddressBanner.tsx";
import { BRAND, Wordmark } from "./Brand.tsx";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { MainNavigation } from "./MainNavigation.tsx";
import { pagesOf } from "./pages.ts";
import { useFreshMarks, useFreshPages } from "./useFreshPages.ts";

/** Has the button that the banner speaks of. */
const CONFIRMS = "/confirm-address";

interface Props {
  person: Person | null;
  /** Whether this installation has a mail server. */
  canMail: boolean;
  languages: Language[];
  /** How many requests wait for a tutor's answer. */
  waiting: number;
  /** The name of a tutor's provider, if its connection is dead. */
  toReconnect: string | null;
  children: ReactNode;
}

/** Header, navigation (at the bottom on phones) and content. */
export function AppFrame({ person, canMail, languages, children, ...marks }: Props) {
  const words = useTranslations("shell");
  const router = useRouter();
  const pathname = usePathname();
  useFreshPages();
  useFreshMarks();
  const pages = person ? pagesOf[person.role] : [];
  useHotkeys(
    pages.map(
      ({ href, key }): HotkeyItem => [
        `alt+shift+${key}`,
        () => router.push(href),
        // With Alt, some keyboards write another letter, so the physical key counts.
        { usePhysicalKeys: true },
      ],
    ),
  );
  // What is pressed before the page's script runs is lost. This says that it runs now.
  useEffect(() => {
    document.documentElement.dataset.live = "";
  }, []);
  return (
    <>
      <a href="#content" className="skip">
        {words("skip")}
      </a>
      <header className="top">
        <div className="bar">
          <Link href="/" className="home" aria-label={BRAND}>
            <Wordmark />
          </Link>
          {person ? (
            <>
              <Commands role={person.role} />
              <div className="desk">
                <MainNavigation role={person.role} place="header" {...marks} />
              </div>
              <AccountMenu person={person} />
            </>
          ) : (
            <span className="guest">
              <LanguageMenu languages={languages} />
              <ButtonLink href="/sign-in" variant="subtle" size="compact-md">
                {words("signIn")}
              </ButtonLink>
            </span>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <div className="page">
          {person && !person.isConfirmed && pathname !== CONFIRMS ? (
            <AddressBanner email={person.email} canMail={canMail} />
          ) : null}
          {children}
        </div>
      </main>
      {person ? (
        <footer className="bottom phone">
          <MainNavigation role={person.role} place="footer" {...marks} />
        </footer>
      ) : null}
    </>
  );
}

"use client";
import { UnstyledButton } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { call } from "#components/calls/api.ts";
import { notify } from "#components/onDemand/notify.ts";
import { useMenu } from "#components/onDemand/useMenu.ts";
import type { Language } from "#lib/platform/words.ts";

const load = () => import("./LanguageItems.tsx").then((file) => file.LanguageItems);
const LanguageItems = dynamic(load);

/** For guests only. Whoever is signed in chooses the language in their profile. */
export function LanguageMenu({ languages }: { languages: Language[] }) {
  const words = useTranslations("shell");
  const problems = useTranslations("problems");
  const present = useLocale();
  const { button, menu } = useMenu(load);
  const router = useRouter();
  const [sending, setSending] = useState(false);
  const [showing, show] = useTransition();
  const name = languages.find(({ id }) => id === present)?.name ?? present;

  async function change(id: string) {
    setSending(true);
    const answer = await call("POST", "/api/language", { language: id });
    setSending(false);
    if (answer.ok) show(() => router.refresh());
    else void notify(problems("offline"), "red");
  }

  return (
    <>
      <UnstyledButton
        className="navItem"
        aria-label={words("languageIs", { name })}
        aria-busy={sending || showing}
        {...button}
      >
        <IconLanguage size={18} aria-hidden />
        {name}
      </UnstyledButton>
      {menu ? (
        <LanguageItems menu={menu} languages={languages} present={present} onChange={change} />
      ) : null}
    </>
  );
}

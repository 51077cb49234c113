"use client";
import { UnstyledButton } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { notify } from "#components/onDemand/notify.ts";
import { useMenu } from "#components/onDemand/useMenu.ts";
import type { Language } from "#lib/platform/words.ts";

interface Props {
  languages: Language[];
  choose: (id: string) => Promise<void>;
}

const load = () => import("./LanguageItems.tsx").then((file) => file.LanguageItems);
const LanguageItems = dynamic(load);

/** For guests only. Whoever is signed in chooses the language in their profile. */
export function LanguageMenu({ languages, choose }: Props) {
  const words = useTranslations("shell");
  const problems = useTranslations("problems");
  const present = useLocale();
  const { button, menu } = useMenu(load);
  const [busy, setBusy] = useState(false);
  const name = languages.find(({ id }) => id === present)?.name ?? present;

  async function change(id: string) {
    setBusy(true);
    try {
      await choose(id);
    } catch {
      void notify(problems("offline"), "red");
    }
    setBusy(false);
  }

  return (
    <>
      <UnstyledButton
        className="navItem"
        aria-label={words("languageIs", { name })}
        aria-busy={busy}
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

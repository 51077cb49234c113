"use client";
import {
  Menu,
  MenuDropdown,
  MenuRadioGroup,
  MenuRadioItem,
  MenuTarget,
  UnstyledButton,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLanguage } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { Language } from "#lib/platform/words.ts";

interface Props {
  languages: Language[];
  choose: (id: string) => Promise<void>;
}

/** For guests; whoever is signed in has the choice in their profile. */
export function LanguageMenu({ languages, choose }: Props) {
  const words = useTranslations("shell");
  const problems = useTranslations("problems");
  const present = useLocale();
  const [busy, setBusy] = useState(false);
  const name = languages.find(({ id }) => id === present)?.name ?? present;

  async function change(id: string) {
    setBusy(true);
    try {
      await choose(id);
    } catch {
      notifications.show({ color: "red", message: problems("offline") });
    }
    setBusy(false);
  }

  return (
    <Menu position="bottom-end" returnFocus>
      <MenuTarget>
        <UnstyledButton
          className="navItem"
          aria-label={words("languageIs", { name })}
          aria-busy={busy}
        >
          <IconLanguage size={18} aria-hidden />
          {name}
        </UnstyledButton>
      </MenuTarget>
      <MenuDropdown>
        <MenuRadioGroup value={present} onChange={change}>
          {languages.map((language) => (
            <MenuRadioItem
              key={language.id}
              value={language.id}
              lang={language.id}
              closeMenuOnClick
            >
              {language.name}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuDropdown>
    </Menu>
  );
}

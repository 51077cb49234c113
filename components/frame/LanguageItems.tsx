"use client";
import { MenuRadioGroup, MenuRadioItem } from "@mantine/core";
import { DropMenu } from "#components/onDemand/DropMenu.tsx";
import type { MenuOf } from "#components/onDemand/useMenu.ts";
import type { Language } from "#lib/platform/words.ts";

interface Props {
  menu: MenuOf;
  languages: Language[];
  present: string;
  onChange: (id: string) => void;
}

export function LanguageItems({ menu, languages, present, onChange }: Props) {
  return (
    <DropMenu {...menu} position="bottom-end">
      <MenuRadioGroup value={present} onChange={onChange}>
        {languages.map(({ id, name }) => (
          <MenuRadioItem key={id} value={id} lang={id} closeMenuOnClick>
            {name}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </DropMenu>
  );
}

"use client";
import {
  isMantineColorScheme,
  MenuDivider,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  Text,
  useMantineColorScheme,
} from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { call } from "#components/calls/api.ts";
import { useSentence } from "#components/calls/useCall.ts";
import { DropMenu } from "#components/onDemand/DropMenu.tsx";
import { notify } from "#components/onDemand/notify.ts";
import type { MenuOf } from "#components/onDemand/useMenu.ts";
import type { Person } from "#lib/services/verb/context.ts";

export function AccountItems({ menu, person }: { menu: MenuOf; person: Person }) {
  const words = useTranslations("shell");
  const sentenceOf = useSentence();
  async function signOut() {
    const answer = await call("POST", "/api/account/sign-out");
    // A full page load, so that nothing of this account stays in the router's memory.
    if (answer.ok) window.location.assign("/");
    else void notify(sentenceOf(answer.problem), "red");
  }
  return (
    <DropMenu {...menu} position="bottom-end" width={240}>
      <div className="accountHead">
        <Text fw={600} size="sm" truncate>
          {person.name}
        </Text>
        <Text c="dimmed" size="xs" truncate>
          {words(`roles.${person.role}`)} · {person.email}
        </Text>
      </div>
      <MenuDivider />
      <MenuLabel>{words("appearance")}</MenuLabel>
      <SchemeSwitch />
      <MenuDivider />
      <MenuItem leftSection={<IconLogout size={16} />} onClick={signOut}>
        {words("signOut")}
      </MenuItem>
    </DropMenu>
  );
}

function SchemeSwitch() {
  const words = useTranslations("shell.schemes");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <MenuRadioGroup
      value={colorScheme}
      onChange={(value) => setColorScheme(isMantineColorScheme(value) ? value : "auto")}
    >
      {(["auto", "light", "dark"] as const).map((value) => (
        <MenuRadioItem key={value} value={value}>
          {words(value)}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}

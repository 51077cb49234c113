"use client";
import {
  Avatar,
  isMantineColorScheme,
  Menu,
  MenuDivider,
  MenuDropdown,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuTarget,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconLogout } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Person } from "#lib/services/context.ts";
import { call } from "./api.ts";
import { useSentence } from "./useCall.ts";

/** Who is signed in, light or dark, and the way out. */
export function AccountMenu({ person }: { person: Person }) {
  const words = useTranslations("shell");
  const sentenceOf = useSentence();
  async function signOut() {
    const answer = await call("POST", "/api/account/sign-out");
    // A whole new page: nothing of this account stays in the router's memory.
    if (answer.ok) window.location.assign("/");
    else notifications.show({ color: "red", message: sentenceOf(answer.problem) });
  }
  return (
    <Menu position="bottom-end" width={240}>
      <MenuTarget>
        <UnstyledButton className="account">
          <VisuallyHidden>{words("accountOf", { name: person.name })}</VisuallyHidden>
          <Avatar aria-hidden size={32} name={person.name} color="violet" alt="" />
          <span aria-hidden className="accountName">
            {person.name}
          </span>
        </UnstyledButton>
      </MenuTarget>
      <MenuDropdown>
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
      </MenuDropdown>
    </Menu>
  );
}

function SchemeSwitch() {
  const words = useTranslations("shell.schemes");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server can't know the choice that this browser keeps.
  const mounted = useMounted();
  return (
    <MenuRadioGroup
      value={mounted ? colorScheme : "auto"}
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

"use client";
import { Avatar, UnstyledButton, VisuallyHidden } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useMenu } from "#components/onDemand/useMenu.ts";
import type { Person } from "#lib/services/verb/context.ts";

const load = () => import("./AccountItems.tsx").then((file) => file.AccountItems);
const AccountItems = dynamic(load);

/** The menu with who is signed in, light or dark, and sign-out. */
export function AccountMenu({ person }: { person: Person }) {
  const words = useTranslations("shell");
  const { button, menu } = useMenu(load);
  return (
    <>
      <UnstyledButton className="account" {...button}>
        <VisuallyHidden>{words("accountOf", { name: person.name })}</VisuallyHidden>
        <Avatar aria-hidden size={32} name={person.name} color="violet" alt="" />
        <span aria-hidden className="accountName">
          {person.name}
        </span>
      </UnstyledButton>
      {menu ? <AccountItems menu={menu} person={person} /> : null}
    </>
  );
}

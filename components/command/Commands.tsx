"use client";
import { useHotkeys, useLocalStorage } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Dialog } from "#components/onDemand/Dialog.tsx";
import type { Role } from "#lib/services/verb/context.ts";

const CommandMenu = dynamic(() => import("./CommandMenu.tsx").then((file) => file.CommandMenu));
const Shortcuts = dynamic(() => import("./Shortcuts.tsx").then((file) => file.Shortcuts));

type Open = "menu" | "shortcuts" | null;

/** Ctrl+K, or ⌘K, opens the command menu, and "?" what keys there are. Both are loaded when they are opened. */
export function Commands({ role }: { role: Role }) {
  const words = useTranslations("commands");
  const [open, setOpen] = useState<Open>(null);
  const [isOneKey, setOneKey] = useLocalStorage({ key: "segue-question-mark", defaultValue: true });
  const close = () => setOpen(null);
  const show = (what: Open) => (isInDialog() ? undefined : setOpen(what));
  // In a field too, since it types nothing there.
  useHotkeys([["mod+K", () => show("menu")]], []);
  useHotkeys(isOneKey ? [["shift+?", () => show("shortcuts")]] : []);
  return (
    <>
      <Dialog opened={open === "menu"} onClose={close} title={words("title")} yOffset="10dvh">
        {open === "menu" ? <CommandMenu role={role} onClose={close} /> : null}
      </Dialog>
      <Dialog opened={open === "shortcuts"} onClose={close} title={words("shortcuts.title")}>
        <Shortcuts {...{ role, isOneKey, setOneKey }} />
      </Dialog>
    </>
  );
}

/** A dialog above another would leave one of them open without the focus. One that fades out is inert. */
const isInDialog = (): boolean =>
  [...document.querySelectorAll("[role=dialog]")].some((dialog) => !dialog.closest("[inert]"));

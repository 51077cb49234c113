"use client";
import { TextInput } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import type { ZoneList } from "./ZoneList.tsx";

/** The last two stand for a letter that takes several keys. */
const opening = new Set(["ArrowDown", "ArrowUp", "Enter", " ", "Dead", "Process"]);

const load = () => import("./ZoneList.tsx");

interface Props {
  value: string | null;
  onChange: (zone: string | null) => void;
  error?: string | null;
  /** What it decides; left out: that one's own times are shown in it. */
  hint?: string;
}

/**
 * A time zone, found by typing. Most people keep the one that is there, so the list of all of them is loaded when
 * somebody is about to open it.
 */
export function TimeZoneSelect({ value, onChange, error, hint }: Props) {
  const words = useTranslations("account");
  // Kept in the state, and not left to a suspense: its fallback would be another field, without the focus.
  const [List, setList] = useState<typeof ZoneList | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const field = {
    label: words("timeZone"),
    description: hint ?? words("timeZoneHint"),
    error,
  };
  const input = useRef<HTMLInputElement>(null);
  const open = (letter: string) => {
    setTyped((before) => (before ?? "") + letter);
    void load().then((file) => {
      // An earlier letter has brought the list.
      if (!input.current) return;
      // Whoever has gone on meanwhile isn't taken back.
      if (document.activeElement === input.current) setList(() => file.ZoneList);
      else setTyped(null);
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Until the list is there, a space belongs to what is being typed, as in "New York".
    if (event.key.length === 1 && (typed || event.key !== " ")) open(event.key);
    else if (typed && event.key === "Backspace") setTyped(typed.slice(0, -1));
    else if (opening.has(event.key)) open("");
    else return;
    event.preventDefault();
  };
  if (List !== null && typed !== null) {
    return <List {...field} value={value} onChange={onChange} typed={typed} />;
  }
  return (
    <TextInput
      {...field}
      ref={input}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      aria-busy={typed !== null}
      readOnly
      pointer
      value={value ?? ""}
      rightSection={<IconSelector size={16} aria-hidden />}
      rightSectionPointerEvents="none"
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => open("")}
      onKeyDown={press}
    />
  );
}

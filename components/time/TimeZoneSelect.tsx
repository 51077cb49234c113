"use client";
import { TextInput } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";

const load = () => import("./ZoneList.tsx").then((file) => ({ default: file.ZoneList }));
const ZoneList = lazy(load);

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
  const [typed, setTyped] = useState<string | null>(null);
  const field = {
    label: words("timeZone"),
    description: hint ?? words("timeZoneHint"),
    error,
    autoComplete: "off",
  };
  const open = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1) setTyped(event.key);
    else if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) setTyped("");
    else return;
    event.preventDefault();
  };
  const present = (
    <TextInput
      {...field}
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
      onClick={() => setTyped("")}
      onKeyDown={open}
    />
  );
  if (typed === null) return present;
  return (
    <Suspense fallback={present}>
      <ZoneList {...field} value={value} onChange={onChange} typed={typed} />
    </Suspense>
  );
}

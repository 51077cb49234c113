"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";

interface Props {
  value: string | null;
  onChange: (zone: string | null) => void;
  error?: string | null;
  /** What it decides; left out: that one's own times are shown in it. */
  hint?: string;
}

export function TimeZoneSelect({ value, onChange, error, hint }: Props) {
  const words = useTranslations("account");
  return (
    <Select
      label={words("timeZone")}
      description={hint ?? words("timeZoneHint")}
      data={zones(value)}
      value={value}
      onChange={onChange}
      error={error}
      searchable
      allowDeselect={false}
      nothingFoundMessage={words("noZone")}
      limit={100}
      autoComplete="off"
    />
  );
}

/** The browser's list, with UTC, which it lacks, and the present choice, which may be an alias. */
export function zones(present: string | null): string[] {
  const all = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (present) all.add(present);
  return [...all].sort();
}

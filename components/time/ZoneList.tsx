"use client";
import { Select, type SelectProps } from "@mantine/core";
import { useTranslations } from "next-intl";
import { zones } from "./zones.ts";

interface Props extends SelectProps {
  value: string | null;
  /** What was typed before the list was there. */
  typed: string;
}

/** Takes the place of the field that opened it: it has the focus, and is open. */
export function ZoneList({ value, typed, ...field }: Props) {
  const words = useTranslations("account");
  return (
    <Select
      {...field}
      data={zones(value)}
      value={value}
      {...(typed && { defaultSearchValue: typed })}
      searchable
      allowDeselect={false}
      nothingFoundMessage={words("noZone")}
      limit={100}
      defaultDropdownOpened
      autoFocus
      onFocus={(event) => (typed ? undefined : event.currentTarget.select())}
    />
  );
}

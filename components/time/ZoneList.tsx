"use client";
import { Select, type SelectProps } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { zones } from "./zones.ts";

interface Props extends SelectProps {
  value: string | null;
  /** What was typed before the list was there. */
  typed: string;
}

/** All time zones, found by typing. It takes the place of what opened it: it has the focus, and is open. */
export function ZoneList({ value, typed, ...field }: Props) {
  const words = useTranslations("account");
  const [search, setSearch] = useState(typed);
  // The kit begins with the present choice, also where something was typed.
  useEffect(() => {
    if (typed) setSearch(typed);
  }, [typed]);
  return (
    <Select
      data={zones(value)}
      {...field}
      value={value}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      allowDeselect={false}
      nothingFoundMessage={words("noZone")}
      // The focus opens the list, at the present zone.
      autoFocus
      autoComplete="off"
      // What is there is selected, so that typing replaces it.
      onFocus={(event) => (typed ? undefined : event.currentTarget.select())}
    />
  );
}
